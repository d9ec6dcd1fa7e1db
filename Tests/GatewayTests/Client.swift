internal import Foundation
internal import Subprocess
internal import SystemPackage

/// How the clients are run and set up.
enum Client {
    struct Run {
        let isSuccess: Bool
        /// Both streams.
        let output: String
    }

    static func isInstalled(_ program: String) -> Bool {
        ["/usr/bin/", "/bin/"].contains { FileManager.default.isExecutableFile(atPath: $0 + program) }
    }

    /// Where dput-ng is unpacked: it cannot be installed beside dput.
    static var dputNG: String? {
        ProcessInfo.processInfo.environment["DPUT_NG"].flatMap { FileManager.default.fileExists(atPath: $0) ? $0 : nil }
    }

    static func run(
        _ program: String, _ arguments: [String], in upload: ClientTests.Upload, environment: [String: String] = [:]
    ) async throws -> Run {
        try await run(program, arguments, at: upload.folder.path, environment: environment)
    }

    static func run(
        _ program: String, _ arguments: [String], at place: FilePath, environment: [String: String] = [:]
    ) async throws -> Run {
        let home: [Environment.Key: String?] = ["HOME": place.string, "LC_ALL": "C.UTF-8", "EMAIL": "up@example.org"]
        let added = Dictionary(
            uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0.key), Optional($0.value)) })
        let result = try await Subprocess.run(
            program.hasPrefix("/") ? .path(FilePath(program)) : .name(program), arguments: Arguments(arguments),
            environment: .inherit.updating(home.merging(added) { $1 }), workingDirectory: place,
            input: .none, output: .string(limit: 1 << 20), error: .combinedWithOutput)
        return Run(isSuccess: result.terminationStatus.isSuccess, output: result.standardOutput)
    }

    static func dputConfiguration(_ port: Int) -> String {
        """
        [test]
        fqdn = 127.0.0.1:\(port)
        method = ftp
        incoming = ~alice/debian
        login = anonymous
        allow_unsigned_uploads = 1
        passive_ftp = 1

        """
    }

    static func dputNGProfile(_ port: Int) -> String {
        """
        {"fqdn": "127.0.0.1:\(port)", "method": "ftp", "incoming": "~alice/debian", "login": "anonymous",
         "allow_unsigned_uploads": true, "hooks": [], "allowed-distribution": {}, "meta": "boring",
         "full_upload_log": false, "default_host_main": "test", "interface": "cli", "run_lintian": false, "hash": "sha1"}

        """
    }

    static func duploadConfiguration(_ port: Int) -> String {
        """
        package config;
        $cfg{'test'} = {
            fqdn => "127.0.0.1:\(port)", method => "ftp", incoming => "/~alice/debian", login => "anonymous",
            passive => 1, nonus => 0, dinstall_runs => 1,
        };
        $preupload{'changes'} = [];
        1;

        """
    }
}
