import ArchiveModel
import Catalog
import DebianControl
import DurableFiles
import Foundation
import OpenPGP
import PackageFiles
import SystemPackage

import struct Catalog.StoredFile

extension World {
    /// Accepts a native source package that builds on amd64.
    func upload(
        _ name: String, _ version: String, to reference: ArchiveReference = tools, suite: String = "bookworm",
        component: ComponentName = .main
    ) async throws {
        let inNames = PackageVersion(version)!.withoutEpoch
        let tar = try add("\(name)_\(inNames).tar.xz", "the source of \(name) \(version)")
        let control = Self.dsc(name, version, tar)
        let dsc = try add("\(name)_\(inNames).dsc", control)
        let archive = try await catalog.archive(reference)!
        let source = AcceptedSource(
            archive: archive, suite: archive.suite(SuiteName(suite)!)!, name: PackageName(name)!,
            version: PackageVersion(version)!, dsc: dsc, files: [tar], control: try ControlParagraph(parsing: control),
            component: component, section: "misc", priority: "optional", changes: "", signer: person,
            signingKey: key, signatureIdentity: UUID().uuidString,
            builds: [PlannedBuild(architecture: Architecture("amd64")!, buildsAll: true)])
        _ = try await catalog.accept(source, upload: identity(), received: now, now: now, decide: decision)
    }

    /// Accepts what the oldest wanted build made: a package for amd64 and one for all. `extra` is a line of their control
    /// files.
    func build(_ name: String, _ version: String, extra: String = "X-Extra: no") async throws {
        let ability = BuildAbility(architectures: [Architecture("amd64")!])
        let order = try await catalog.claimBuild(by: "worker", able: ability, lease: now + 60, now: now)!
        let binaries = try [(name, "amd64"), ("\(name)-doc", "all")].map {
            try binary($0, version, $1, of: name, extra)
        }
        let result = AcceptedBinaries(
            build: order.record.id, binaries: binaries, records: [], signingKey: key,
            signatureIdentity: UUID().uuidString)
        _ = try await catalog.accept(result, upload: identity(), received: now, now: now, decide: decision)
    }

    private func binary(
        _ name: String, _ version: String, _ architecture: String, of source: String, _ extra: String
    ) throws -> AcceptedBinaries.Binary {
        let control = """
            Package: \(name)
            Source: \(source)
            Version: \(version)
            Architecture: \(architecture)
            \(extra)
            Maintainer: Alice <alice@example.org>
            Description: says hello
             At length.
             .
             And in paragraphs.

            """
        return AcceptedBinaries.Binary(
            name: PackageName(name)!, version: PackageVersion(version)!, architecture: Architecture(architecture)!,
            file: try add("\(name)_\(version)_\(architecture).deb", "the package \(name) \(version)"),
            section: "misc", control: try ControlParagraph(parsing: control))
    }

    private func add(_ name: String, _ content: String) throws -> StoredFile {
        let path = folder.appending("upload")
        try Durably.write(Array(content.utf8), to: path, sync: .later)
        let hashing = Hashing()
        try store.add(from: Folder(opening: folder).openFile("upload"), hashing: hashing)
        let digests = hashing.digests()
        return StoredFile(
            name: FileName(name)!, size: digests.size, md5: digests.md5, sha1: digests.sha1, sha256: digests.sha256,
            sha512: digests.sha512)
    }

    private func identity() -> UploadIdentity {
        let number = nextUpload()
        return UploadIdentity(session: "session\(number)", path: "x.changes", sha256: String(number))
    }

    private var decision: @Sendable (Int64) throws -> Decision {
        { number in
            let verdict = Verdict(.accepted)
            let report = UploadReport(upload: number, changesName: "x.changes", verdict: verdict)
            return Decision(verdict: verdict, report: report, letters: [], signer: nil)
        }
    }

    private static func dsc(_ name: String, _ version: String, _ tar: StoredFile) -> String {
        """
        Format: 3.0 (native)
        Source: \(name)
        Binary: \(name), \(name)-doc
        Architecture: any all
        Version: \(version)
        Maintainer: Alice <alice@example.org>
        Standards-Version: 4.6.2
        Checksums-Sha1:
         \(tar.sha1) \(tar.size) \(tar.name)
        Checksums-Sha256:
         \(tar.sha256) \(tar.size) \(tar.name)
        Files:
         \(tar.md5) \(tar.size) \(tar.name)

        """
    }
}
