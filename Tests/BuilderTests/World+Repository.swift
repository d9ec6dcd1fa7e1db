import ArchiveModel
import Catalog
import DurableFiles
import Foundation
import OpenPGP
import PackageFiles
import Subprocess
import SystemPackage

extension World {
    /// Publishes one package of nothing in the archive, as the publisher would.
    /// - Parameter key: the archive's own, or somebody else's.
    func publish(_ package: String, signedBy key: Fingerprint) async throws {
        let tree = folder.appending("archives").appending("\(archive.reference)")
        let deb = try await emptyPackage(package)
        let digests = Digester.digests(of: deb)
        let packages = """
            Package: \(package)
            Version: 1.0
            Architecture: all
            Maintainer: Alice Example <alice@example.org>
            Description: nothing
            Filename: pool/\(package)_1.0_all.deb
            Size: \(deb.count)
            SHA256: \(digests.sha256)

            """
        let release = """
            Codename: \(BuildMachine.suite)
            Date: Mon, 02 Mar 2026 12:00:00 UTC
            Architectures: \(BuildMachine.architecture)
            Components: main
            SHA256:
             \(Digester.sha256(Array(packages.utf8))) \(packages.utf8.count) main/binary-\(BuildMachine.architecture)/Packages

            """
        let files = [
            "pool/\(package)_1.0_all.deb": deb,
            "dists/\(BuildMachine.suite)/main/binary-\(BuildMachine.architecture)/Packages": Array(packages.utf8),
            "dists/\(BuildMachine.suite)/InRelease": try await keys.clearsign(Array(release.utf8), by: key),
        ]
        for (name, bytes) in files {
            let path = tree.appending(name)
            try Durably.makeFolders(path.removingLastComponent(), sync: .later)
            try Durably.write(bytes, to: path, sync: .later)
        }
        if let snapshot = try await catalog.snapshot(ofSuite: archive.suites[0].id) {
            try await catalog.notePublished(snapshot, now: 3)
        }
    }

    private func emptyPackage(_ name: String) async throws -> [UInt8] {
        let tree = folder.appending("empty-\(name)")
        try Durably.makeFolders(tree.appending("DEBIAN"), sync: .later)
        let control =
            "Package: \(name)\nVersion: 1.0\nArchitecture: all\nMaintainer: A <a@example.org>\nDescription: x\n"
        try Durably.write(Array(control.utf8), to: tree.appending("DEBIAN").appending("control"), sync: .later)
        let deb = folder.appending("\(name).deb")
        let result = try await Subprocess.run(
            .name("dpkg-deb"), arguments: ["--root-owner-group", "--build", tree.string, deb.string],
            output: .discarded, error: .string(limit: 1 << 16))
        guard result.terminationStatus.isSuccess else { throw SourcePackage.Unmade(words: result.standardError) }
        return try bytes(deb)
    }
}
