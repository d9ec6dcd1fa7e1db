import ArchiveModel
import Catalog
import DebianControl
import DurableFiles
import Foundation
import Maintenance
import SystemPackage

/// A catalog with alice, her PPA `tools` for bookworm and trixie, and a store, in a folder of their own.
struct MaintenanceFixture {
    let catalog: Catalog
    let store: ContentStore
    let alice: Person
    /// Goes with the last copy of the fixture.
    private let folder: TestFolder
    static let key = Fingerprint(String(repeating: "A", count: 40))!
    static let tools = ArchiveReference("~alice/debian/tools")!
    static let now: Int64 = 1_800_000_000

    init() async throws {
        folder = try TestFolder()
        catalog = try Catalog(path: folder.path.appending("slipway.sqlite").string)
        store = try ContentStore(root: folder.path.appending("files"))
        try await catalog.describe(["bookworm", "trixie"].map(Self.suite))
        let name = OwnerName("alice")!
        try await catalog.addPerson(name, mail: MailAddress("alice@example.org")!, keys: [Self.key], now: 1)
        guard let alice = try await catalog.person(named: name) else { throw CocoaError(.coderValueNotFound) }
        self.alice = alice
        try await catalog.createArchive(
            NewArchive(
                Self.tools, kind: .ppa, description: "", signingKey: Self.key,
                suites: ["bookworm", "trixie"].map { (name: SuiteName($0)!, architectures: nil) }), now: 1)
    }

    private static func suite(_ name: String) -> SuiteDescription {
        SuiteDescription(
            distribution: DistributionName("debian")!, name: SuiteName(name)!, architectures: [Architecture("amd64")!],
            components: [.main], baseSources: "")
    }

    /// Sources of a base.
    static let base: Set<BaseSource> = [
        BaseSource(PackageName("hello")!, PackageVersion("2.10-3")!, component: .main, isExtra: false)
    ]
}

extension MaintenanceFixture {
    /// Accepts version 1 of a source without files but its `.dsc`.
    /// - Parameter check: in the transaction.
    func accept(
        _ name: String, in reference: ArchiveReference = tools, sha256: String = String(repeating: "1", count: 64),
        check: @escaping @Sendable () throws -> Void = {}
    ) async throws {
        guard let archive = try await catalog.archive(reference) else { throw CocoaError(.coderValueNotFound) }
        if reference.owner != alice.name { try await catalog.give(UploadRight(), to: alice.name, in: archive) }
        var control = ControlParagraph()
        control["Source"] = name
        let zeros = String(repeating: "0", count: 128)
        let dsc = StoredFile(
            name: FileName("\(name)_1.dsc")!, size: 1, md5: String(zeros.prefix(32)), sha1: String(zeros.prefix(40)),
            sha256: sha256, sha512: zeros)
        let source = AcceptedSource(
            archive: archive, suite: archive.suites[0], name: PackageName(name)!, version: PackageVersion("1")!,
            dsc: dsc, files: [], control: control, component: .main, section: "misc", priority: "optional",
            changes: "", signer: alice, signingKey: Self.key, signatureIdentity: "\(name) \(reference)", builds: [])
        let identity = UploadIdentity(session: "\(reference)", path: name, sha256: sha256)
        _ = try await catalog.accept(source, upload: identity, received: 1, now: 2) { upload in
            try check()
            let verdict = Verdict(.accepted)
            return Decision(
                verdict: verdict, report: UploadReport(upload: upload, changesName: name, verdict: verdict),
                letters: [], signer: nil)
        }
    }
}

struct BaseIsDown: Error, CustomStringConvertible {
    let description = "The mirror does not answer."
}

/// A folder of its own for a test, removed with it.
private final class TestFolder: Sendable {
    let path: FilePath

    init() throws {
        path = FilePath(FileManager.default.temporaryDirectory.path).appending("maintenance-\(UUID().uuidString)")
        try Durably.makeFolders(path, sync: .later)
    }

    deinit { try? Durably.removeTree(path) }
}
