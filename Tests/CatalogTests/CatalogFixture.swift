import ArchiveModel
import Catalog
import DebianControl
import Foundation

/// A catalog in a folder of its own, with alice, her PPA for bookworm, and a builder.
struct CatalogFixture {
    let catalog: Catalog
    let alice: Person
    let archive: Archive
    /// Goes with the last copy of the fixture.
    private let folder: TestFolder
    static let aliceKey = Fingerprint(String(repeating: "A", count: 40))!
    static let builderKey = Fingerprint(String(repeating: "B", count: 40))!
    static let amd64 = Architecture("amd64")!

    init() async throws {
        folder = try TestFolder("catalog")
        catalog = try Catalog(path: folder.url.appendingPathComponent("slipway.sqlite").path)
        try await catalog.describe([
            SuiteDescription(
                distribution: DistributionName("debian")!, name: SuiteName("bookworm")!,
                architectures: [Self.amd64, Architecture("i386")!], components: [.main], baseSources: "")
        ])
        let name = OwnerName("alice")!
        try await catalog.addPerson(name, mail: MailAddress("alice@example.org")!, keys: [Self.aliceKey], now: 1)
        try await catalog.setBuilder("builder", key: Self.builderKey)
        alice = try unwrapped(await catalog.person(named: name))
        archive = try await catalog.createArchive(Self.newArchive("~alice/debian/tools"), now: 1)
    }

    static func newArchive(_ reference: String) -> NewArchive {
        NewArchive(
            ArchiveReference(reference)!, kind: .ppa, description: "", signingKey: aliceKey,
            suites: [(name: SuiteName("bookworm")!, architectures: [amd64])])
    }

    var suite: ArchiveSuite { archive.suites[0] }

    /// A file whose bytes are the text; only the sums are made up.
    static func file(_ name: String, bytes: String) -> StoredFile {
        let digit = String(format: "%02x", bytes.utf8.reduce(UInt8(0)) { $0 &* 31 &+ $1 })
        return StoredFile(
            name: FileName(name)!, size: Int64(bytes.utf8.count), md5: String(repeating: digit, count: 16),
            sha1: String(repeating: digit, count: 20), sha256: String(repeating: digit, count: 32),
            sha512: String(repeating: digit, count: 64))
    }

    /// - Parameter other: in place of alice's archive.
    func source(
        _ name: String, _ version: String, builds: [PlannedBuild]? = nil, signature: String? = nil,
        in other: Archive? = nil, records: [StoredFile] = []
    ) -> AcceptedSource {
        let archive = other ?? archive
        var control = ControlParagraph()
        control["Source"] = name
        control["Architecture"] = "any"
        return AcceptedSource(
            archive: archive, suite: archive.suites[0], name: PackageName(name)!, version: PackageVersion(version)!,
            dsc: Self.file("\(name)_\(version).dsc", bytes: "\(name)\(version)"),
            files: [Self.file("\(name)_\(version).tar.xz", bytes: "tar\(name)\(version)")], control: control,
            component: .main, section: "misc", priority: "optional", changes: "Changes", signer: alice,
            signingKey: Self.aliceKey, signatureIdentity: signature ?? "\(name) \(version)",
            builds: builds ?? [PlannedBuild(architecture: Self.amd64, buildsAll: false)], records: records)
    }

    @discardableResult
    func accept(_ source: AcceptedSource, session: String? = nil) async throws -> UploadRecord {
        let path = "\(source.name)_\(source.version)_source.changes"
        let identity = UploadIdentity(session: session ?? "s-\(path)", path: path, sha256: source.dsc.sha256)
        let mail = alice.mail
        let signer = alice
        if source.archive.reference.owner != source.signer.name {
            try await catalog.give(UploadRight(), to: source.signer.name, in: source.archive)
        }
        return try await catalog.accept(source, upload: identity, received: 1, now: 2) { number in
            let verdict = Verdict(.accepted, package: "\(source.name)", version: "\(source.version)")
            let report = UploadReport(upload: number, changesName: path, verdict: verdict)
            let letter = Letter(
                to: mail, identity: "upload-\(number)-accepted", content: .verdict(report), reason: "you signed it")
            return Decision(verdict: verdict, report: report, letters: [letter], signer: signer)
        }
    }

    func accept(
        _ binaries: [String], _ version: String, build: Int64, records: [StoredFile] = []
    ) async throws {
        let made = binaries.map { name in
            var control = ControlParagraph()
            control["Package"] = name
            return AcceptedBinaries.Binary(
                name: PackageName(name)!, version: PackageVersion(version)!, architecture: Self.amd64,
                file: Self.file("\(name)_\(version)_amd64.deb", bytes: "deb\(name)\(version)"), section: "misc",
                control: control)
        }
        let result = AcceptedBinaries(
            build: build, binaries: made, records: records, signingKey: Self.builderKey,
            signatureIdentity: "build \(build)")
        let identity = UploadIdentity(session: "build-\(build)", path: "b.changes", sha256: "\(build)")
        _ = try await catalog.accept(result, upload: identity, received: 1, now: 3) { number in
            let verdict = Verdict(.accepted)
            return Decision(
                verdict: verdict, report: UploadReport(upload: number, changesName: "b.changes", verdict: verdict),
                letters: [], signer: nil)
        }
    }
}

struct Missing: Error {}

/// The value, or the end of the test, outside a test function.
func unwrapped<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw Missing() }
    return value
}

/// A folder of its own for a test, removed with it.
private final class TestFolder: Sendable {
    let url: URL

    init(_ name: String) throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("\(name)-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}
