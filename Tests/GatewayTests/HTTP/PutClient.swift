internal import Foundation
internal import Testing

/// The clients of Debian that upload by PUT, for real.
enum PutClient: String, CaseIterable, Sendable {
    case curl, dput, dupload, dputNG

    /// Where they upload to.
    struct Place: Sendable {
        let port: Int
        /// Before the upload path: "/" or "/upload/".
        var prefix = "/"
        /// Whose signature makes the connection a trusted one; without it there is no TLS.
        var certificate: String?

        var scheme: String { certificate == nil ? "http" : "https" }
        var folder: String { "\(prefix)~alice/debian" }
    }

    /// One that is not there is not tried.
    static let installed = allCases.filter { client in
        switch client {
        case .dputNG: Client.dputNG != nil
        // HTTP::Tiny of Perl takes it for https.
        case .dupload:
            Client.isInstalled("dupload")
                && FileManager.default.fileExists(atPath: "/usr/share/perl5/IO/Socket/SSL.pm")
        case .curl, .dput: Client.isInstalled(client.rawValue)
        }
    }

    /// The others show the status.
    var showsFindings: Bool { self == .curl || self == .dputNG }

    func run(_ upload: ClientTests.Upload, to place: Place) async throws -> Client.Run {
        // Python and Perl take the first, curl the second.
        var environment = place.certificate.map { ["SSL_CERT_FILE": $0, "CURL_CA_BUNDLE": $0] } ?? [:]
        let changes = ClientTests.Upload.changesName
        switch self {
        case .curl: return try await curl(upload, place, environment)
        case .dput:
            try upload.folder.write(dputConfiguration(place), to: "dput.cf")
            return try await Client.run(
                "dput", ["-u", "-c", "dput.cf", "test", changes], in: upload, environment: environment)
        case .dupload:
            try upload.folder.write(duploadConfiguration(place), to: "dupload.conf")
            return try await Client.run(
                "dupload", ["--nomail", "-c", "./dupload.conf", "-t", "test", changes], in: upload,
                environment: environment)
        case .dputNG:
            let root = try #require(Client.dputNG)
            try upload.folder.write(dputNGProfile(place), to: ".dput.d/profiles/test.json")
            try FileManager.default.createSymbolicLink(
                atPath: "\(upload.path)/skel", withDestinationPath: "\(root)/usr/share/dput-ng")
            environment["PYTHONPATH"] = "\(root)/usr/lib/python3/dist-packages"
            return try await Client.run(
                "/usr/bin/python3", ["\(root)/usr/bin/dput", "-u", "test", changes], in: upload,
                environment: environment)
        }
    }

    private func curl(
        _ upload: ClientTests.Upload, _ place: Place, _ environment: [String: String]
    ) async throws -> Client.Run {
        var last = Client.Run(isSuccess: false, output: "")
        for name in ClientTests.Upload.names + [ClientTests.Upload.changesName] {
            let url = "\(place.scheme)://127.0.0.1:\(place.port)\(place.folder)/"
            last = try await Client.run(
                "curl", ["-sS", "--fail-with-body", "-T", name, url], in: upload, environment: environment)
        }
        return last
    }

    private func dputConfiguration(_ place: Place) -> String {
        """
        [test]
        fqdn = 127.0.0.1:\(place.port)
        method = \(place.scheme)
        incoming = \(place.folder)
        login = *
        allow_unsigned_uploads = 1

        """
    }

    private func duploadConfiguration(_ place: Place) -> String {
        """
        package config;
        $cfg{'test'} = {
            fqdn => "127.0.0.1:\(place.port)", method => "\(place.scheme)", incoming => "\(place.folder)/",
            nonus => 0, dinstall_runs => 1,
        };
        $preupload{'changes'} = [];
        1;

        """
    }

    private func dputNGProfile(_ place: Place) -> String {
        Client.dputNGProfile(place.port)
            .replacing("\"method\": \"ftp\"", with: "\"method\": \"\(place.scheme)\"")
            .replacing("\"incoming\": \"~alice/debian\"", with: "\"incoming\": \"\(place.folder)\"")
    }
}
