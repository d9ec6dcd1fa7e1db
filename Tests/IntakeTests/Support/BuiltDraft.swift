import DebianControl
import DurableFiles
import PackageFiles
import Subprocess
import SystemPackage

/// What a builder sends back: a real `.deb`, made by dpkg-deb, a `.buildinfo`, and the `.changes` about them.
struct BuiltDraft: Sendable {
    var source = "hello"
    var version = "2.10-3"
    /// Where that is not the source's.
    var sourceVersion: String?
    var package = "hello"
    var packageSource = "hello"
    var packageVersion = "2.10-3"
    var architecture = "amd64"
    /// `udeb` is for the installer.
    var ending = "deb"
    var signer = Who.builder
    /// Of its one file, as touch(1) takes it.
    var date = "yesterday"
    /// What a shell does in the folder of the package's files before it is packed.
    var prepare = "true"
    /// The package once more, under these names.
    var more: [String] = []
    /// Done to the bytes after everything was listed.
    var alterDeb: @Sendable ([UInt8]) -> [UInt8] = { $0 }
    /// What the `.buildinfo` says that was built.
    var recorded: [UInt8]?
    /// More fields, each with its line end.
    var fields = ""
    /// As debsign does.
    var signsBuildinfo = false

    var debName: String { "\(package)_\(packageVersion)_\(architecture).\(ending)" }
    var changesName: String { "\(source)_\(version)_\(architecture).changes" }

    func files() async throws -> [String: [UInt8]] {
        let deb = try await deb()
        var files = [debName: deb]
        for name in more { files[name] = deb }
        let info = Array(buildinfo(deb).utf8)
        files["\(source)_\(version)_\(architecture).buildinfo"] =
            signsBuildinfo ? try await TestKeys.shared.value.clearsign(info, by: signer) : info
        let text = changes(files)
        files[debName] = alterDeb(deb)
        files[changesName] = try await TestKeys.shared.value.clearsign(text, by: signer)
        return files
    }

    func deb() async throws -> [UInt8] {
        let folder = FilePath("/tmp/slipway-deb-\(UInt64.random(in: 0..<UInt64.max))")
        defer { try? Durably.removeTree(folder) }
        try Durably.makeFolders(folder.appending("tree").appending("DEBIAN"), sync: .later)
        let control = """
            Package: \(package)
            Source: \(packageSource) (\(sourceVersion ?? version))
            Version: \(packageVersion)
            Architecture: \(architecture)
            Maintainer: Alice <alice@example.org>
            Section: devel
            Priority: optional
            \(fields)Description: greets
             In full.

            """
        let path = folder.appending("tree").appending("DEBIAN").appending("control")
        try Durably.write(Array(control.utf8), to: path, sync: .later)
        try Durably.write([1], to: folder.appending("tree").appending("file"), sync: .later)
        let made = try await run(
            .name("sh"),
            arguments: [
                "-ec",
                """
                touch -d '\(date)' tree/file; (cd tree; \(prepare))
                SOURCE_DATE_EPOCH=$(date -d '\(date)' +%s) dpkg-deb --root-owner-group -b tree x.deb
                """,
            ],
            workingDirectory: folder,
            output: .discarded, error: .string(limit: 1 << 16))
        guard made.terminationStatus.isSuccess else { throw TestFailure("dpkg-deb: \(made.standardError)") }
        return try Folder(opening: folder).openFile("x.deb").readAll(limit: 1 << 20)
    }

    private func buildinfo(_ deb: [UInt8]) -> String {
        """
        Format: 1.0
        Source: \(source)\(sourceVersion.map { " (\($0))" } ?? "")
        Binary: \(package)
        Architecture: \(architecture)
        Version: \(version)
        Checksums-Sha256:
         \(Digester.sha256(recorded ?? deb)) \(deb.count) \(debName)

        """
    }

    private func changes(_ files: [String: [UInt8]]) -> String {
        """
        Format: 1.8
        Date: Mon, 26 Dec 2022 16:30:00 +0100
        Source: \(source)\(sourceVersion.map { " (\($0))" } ?? "")
        Binary: \(package)
        Architecture: \(architecture)
        Version: \(version)
        Distribution: bookworm
        Maintainer: Alice <alice@example.org>
        Description:
         \(package) - greets
        Changes:
         \(source) (\(version)) bookworm; urgency=medium
        \(Draft.lists(files) { _ in "devel optional " })

        """
    }
}
