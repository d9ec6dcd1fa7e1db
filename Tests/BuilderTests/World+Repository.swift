import ArchiveModel
import Catalog
import DebianControl
import DurableFiles
import Foundation
import OpenPGP
import PackageFiles
import Subprocess
import SystemPackage

import struct Catalog.StoredFile

extension World {
    /// Publishes one package of nothing in the archive, as the publisher would.
    /// - Parameters:
    ///   - key: the archive's own, or somebody else's.
    ///   - other: in place of alice's.
    func publish(_ package: String, signedBy key: Fingerprint, in other: Archive? = nil) async throws {
        let archive = other ?? archive
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

    /// An archive that alice's depends on.
    func depend(on name: String, key: Fingerprint) async throws -> Archive {
        let reference = ArchiveReference(name)!
        let base = try await catalog.createArchive(
            NewArchive(
                reference, kind: .ppa, description: "", signingKey: key, suites: [(BuildMachine.suite, nil)]), now: 1)
        let effect = CommandEffect.relate(RelationOrder(of: archive.reference, .depends, [reference], by: alice))
        let order = CommandOrder(
            signature: name, signingKey: key, signer: alice, origin: "test", title: "test", text: "", received: 1,
            isDryRun: false, findings: [], steps: [CommandStep(paragraph: "", effect: effect, findings: [])])
        _ = try await catalog.carryOut(order, now: 1) { _ in [] }
        return base
    }

    /// Wants a source's packages built once more, as if a build had made some.
    /// - Returns: the number of the new build.
    func rebuild(_ source: String, afterBuild first: Int64) async throws -> Int64 {
        _ = try await claim()
        let name = PackageName(source)!
        let version = PackageVersion("1.0")!
        let deb = StoredFile(
            name: FileName("\(source)_1.0_amd64.deb")!, size: 1, md5: "", sha1: "",
            sha256: String(repeating: "0b", count: 32), sha512: "")
        let made = AcceptedBinaries.Binary(
            name: name, version: version, architecture: BuildMachine.architecture, file: deb, section: "misc",
            control: ControlParagraph())
        let result = AcceptedBinaries(
            build: first, binaries: [made], records: [], signingKey: key, signatureIdentity: "first")
        let upload = UploadIdentity(session: "first", path: "first.changes", sha256: "first")
        _ = try await catalog.accept(result, upload: upload, received: 1, now: 2) { number in
            let verdict = Verdict(.accepted)
            let report = UploadReport(upload: number, changesName: "", verdict: verdict)
            return Decision(verdict: verdict, report: report, letters: [], signer: nil)
        }
        let rebuild = PackageRebuild(
            in: archive.reference, [name], suites: nil, architectures: nil, reason: "It's \"quoted\"; $(not run).",
            by: alice, key)
        let order = CommandOrder(
            signature: "rebuild", signingKey: key, signer: alice, origin: "test", title: "test", text: "", received: 1,
            isDryRun: false, findings: [], steps: [CommandStep(paragraph: "", effect: .rebuild(rebuild), findings: [])])
        _ = try await catalog.carryOut(order, now: 3) { _ in [] }
        return try await catalog.builds(states: [.wanted]).map(\.id).max()!
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
