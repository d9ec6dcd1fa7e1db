import ArchiveModel
import Catalog
import DebianControl
import Testing

@testable import Web

extension WebFixture {
    static let hex = String(repeating: "0a", count: 32)

    func accept(_ name: String, _ version: String) async throws {
        var control = ControlParagraph()
        control["Source"] = name
        let dsc = try Self.stored("\(name)_\(version).dsc")
        let source = AcceptedSource(
            archive: archive, suite: archive.suites[0], name: try #require(PackageName(name)),
            version: try #require(PackageVersion(version)), dsc: dsc, files: [], control: control, component: .main,
            section: "misc", priority: "optional", changes: "", signer: alice,
            signingKey: try #require(Fingerprint(Self.key)), signatureIdentity: name,
            builds: [PlannedBuild(architecture: try #require(Architecture("amd64")), buildsAll: true)])
        let identity = UploadIdentity(session: "s-\(name)", path: "\(name)_source.changes", sha256: dsc.sha256)
        let (signer, verdict) = (
            alice,
            Verdict(
                .accepted, archive: archive.reference, suite: archive.suites[0].name, package: name, version: version)
        )
        _ = try await catalog.accept(source, upload: identity, received: 10, now: 20) { number in
            let report = UploadReport(upload: number, changesName: "\(name)_source.changes", verdict: verdict)
            let letter = Letter(
                to: signer.mail, identity: "upload-\(number)-accepted", content: .verdict(report),
                reason: "you signed it")
            return Decision(verdict: verdict, report: report, letters: [letter], signer: signer)
        }
    }

    func record(_ outcome: Verdict.Outcome, _ findings: [Finding], session: String) async throws {
        let identity = UploadIdentity(session: session, path: "x_1_source.changes", sha256: Self.hex)
        try await catalog.record(identity, received: 10, now: 20) { number in
            let verdict = Verdict(outcome, findings: findings)
            let report = UploadReport(upload: number, changesName: "x_1_source.changes", verdict: verdict)
            return Decision(verdict: verdict, report: report, letters: [], signer: nil)
        }
    }

    /// Takes alice's archive down, or deletes it.
    func withdraw(isDeleted: Bool) async throws {
        let effect: CommandEffect = isDeleted ? .delete(archive.reference, by: alice) : .takeDown(archive.reference)
        let order = CommandOrder(
            signature: "withdraw", signingKey: try #require(Fingerprint(Self.key)), signer: alice, origin: "test",
            title: "test", text: "", received: 30, isDryRun: false, findings: [],
            steps: [CommandStep(paragraph: "", effect: effect, findings: [])])
        #expect(try await catalog.carryOut(order, now: 30) { _ in [] }.isDone)
    }

    /// Alice's archive needs one more of hers, and breaks another.
    func relate(needs: String, breaks: String) async throws {
        let key = try #require(Fingerprint(Self.key))
        let others = try [needs, breaks].map { try #require(ArchiveReference("~alice/debian/\($0)")) }
        for other in others {
            try await catalog.createArchive(
                NewArchive(
                    other, kind: .ppa, description: "", signingKey: key,
                    suites: [(name: archive.suites[0].name, architectures: nil)]), now: 1)
        }
        let orders = zip([RelationKind.depends, .breaks], others).map {
            RelationOrder(of: archive.reference, $0, [$1], by: alice)
        }
        let order = CommandOrder(
            signature: "relate", signingKey: key, signer: alice, origin: "test", title: "test", text: "", received: 30,
            isDryRun: false, findings: [],
            steps: orders.map { CommandStep(paragraph: "", effect: .relate($0), findings: []) })
        #expect(try await catalog.carryOut(order, now: 30) { _ in [] }.isDone)
    }

    private static func stored(_ name: String) throws -> StoredFile {
        let digit = String(UInt8(truncatingIfNeeded: name.utf8.reduce(7) { $0 &* 31 &+ Int($1) }) | 16, radix: 16)
        return StoredFile(
            name: try #require(FileName(name)), size: 1, md5: String(repeating: digit, count: 16),
            sha1: String(repeating: digit, count: 20), sha256: String(repeating: digit, count: 32),
            sha512: String(repeating: digit, count: 64))
    }
}
