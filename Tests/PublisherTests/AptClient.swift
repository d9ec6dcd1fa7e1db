import ArchiveModel
import DurableFiles
import Foundation
import Subprocess
import SystemPackage

/// A real apt that touches nothing of this machine and knows one archive, by a `.sources` file.
struct AptClient {
    private let folder: FilePath

    /// - Parameters:
    ///   - archive: the folder with `dists` and `pool`.
    ///   - compression: of the indices it asks for.
    init(
        _ folder: FilePath, archive: FilePath, key: [UInt8], suite: String = "bookworm", compression: String = "xz"
    ) throws {
        self.folder = folder
        for path in [
            "etc/apt/apt.conf.d", "etc/apt/preferences.d", "etc/apt/sources.list.d", "var/lib/apt/lists/partial",
            "var/lib/dpkg", "var/cache/apt/archives/partial", "var/log/apt", "got",
        ] {
            try Durably.makeFolders(folder.appending(path), sync: .later)
        }
        let sources = SourcesText(
            address: "copy:\(archive)", suites: [SuiteName(suite)!],
            armoredKey: String(decoding: key, as: UTF8.self))
        try write(sources.description, "etc/apt/sources.list.d/tools.sources")
        try write("", "var/lib/dpkg/status")
        try write(
            """
            Dir "\(folder)"; Dir::State::status "\(folder)/var/lib/dpkg/status"; Dir::Etc::Trusted "/dev/null";
            Dir::Bin::Methods "/usr/lib/apt/methods"; APT::Architecture "amd64"; APT::Architectures "amd64";
            APT::Sandbox::User "root"; Acquire::Languages "none"; Acquire::CompressionTypes::Order "\(compression)";
            APT::Update::Error-Mode "any";

            """, "apt.conf")
    }

    private func write(_ text: String, _ path: String) throws {
        try Durably.write(Array(text.utf8), to: folder.appending(path), sync: .later)
    }

    /// - Returns: what apt printed.
    /// - Throws: `ToolFailure` when apt ends with anything but 0.
    @discardableResult
    func get(_ arguments: String...) async throws -> String {
        let environment = Environment.inherit.updating(["APT_CONFIG": "\(folder)/apt.conf", "LC_ALL": "C"])
        return try await tool("/usr/bin/apt-get", arguments, environment, in: folder.appending("got"))
    }

    /// What apt has downloaded.
    func got(_ file: String) throws -> String {
        try String(contentsOfFile: folder.appending("got").appending(file).string, encoding: .utf8)
    }
}

struct ToolFailure: Error, CustomStringConvertible {
    let description: String
}

/// Runs a program and returns all it printed.
@discardableResult
func tool(
    _ path: FilePath, _ arguments: [String], _ environment: Environment = .inherit, in folder: FilePath? = nil
) async throws -> String {
    let result = try await run(
        .path(path), arguments: Arguments(arguments), environment: environment, workingDirectory: folder,
        output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
    let said = result.standardOutput + result.standardError
    guard result.terminationStatus.isSuccess else { throw ToolFailure(description: said) }
    return said
}
