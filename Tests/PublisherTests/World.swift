import ArchiveModel
import Catalog
import DebianControl
import DurableFiles
import Foundation
import Logging
import OpenPGP
import Synchronization
import SystemPackage

@testable import Publisher

/// A catalog, a store, keys and an archive tree in a folder of their own, and what the intake would do with them.
final class World: Sendable {
    let folder: FilePath
    let catalog: Catalog
    let store: ContentStore
    let keys: SigningKeys
    let key: Fingerprint
    let person: Person
    let configuration: PublisherConfiguration
    /// Unix seconds; begins a month ago, as apt takes no `Release` from the future.
    let time = Mutex(secondsSince1970() - 30 * 86_400)
    private let uploads = Mutex(0)

    static let tools = ArchiveReference("~alice/debian/tools")!

    /// Runs `body` in a new world with the archive `~alice/debian/tools` for bookworm on amd64 and arm64.
    static func with(_ body: (World) async throws -> Void) async throws {
        let folder = memory.appending("w\(UUID())")
        try Durably.makeFolders(folder, sync: .later)
        defer { try? Durably.removeTree(folder) }
        let keys = try SigningKeys(home: folder.appending("keys"))
        do {
            let world = try await World(folder, keys)
            try await world.makeArchive(tools)
            try await body(world)
            try await keys.stop()
        } catch {
            try? await keys.stop()
            throw error
        }
    }

    /// In memory where there is such a place: a disk takes a minute for all the syncs of these tests.
    private static var memory: FilePath {
        let isThere = FileManager.default.isWritableFile(atPath: "/dev/shm")
        return isThere ? "/dev/shm" : FilePath(FileManager.default.temporaryDirectory.path)
    }

    private init(_ folder: FilePath, _ keys: SigningKeys) async throws {
        self.folder = folder
        self.keys = keys
        catalog = try Catalog(path: folder.appending("catalog.sqlite").string)
        store = try ContentStore(root: folder.appending("files"))
        key = try await keys.makeKey(userID: "Tools <tools@example.org>")
        configuration = PublisherConfiguration(
            archives: folder.appending("archives"), external: folder.appending("external"))
        try await catalog.describe(
            ["bookworm", "trixie"].map { name in
                SuiteDescription(
                    distribution: DistributionName("debian")!, name: SuiteName(name)!,
                    architectures: [Architecture("amd64")!, Architecture("arm64")!],
                    components: [.main, ComponentName("contrib")!], baseSources: "")
            })
        let alice = OwnerName("alice")!
        try await catalog.addPerson(alice, mail: MailAddress("alice@example.org")!, keys: [key], now: 1)
        person = try await catalog.person(named: alice)!
    }

    var now: Int64 { time.withLock { $0 } }
    func pass(_ seconds: Int64) { time.withLock { $0 += seconds } }

    func publisher(
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        _ change: (inout PublisherConfiguration) -> Void = { _ in }
    ) -> ArchivePublisher {
        var configuration = configuration
        change(&configuration)
        return ArchivePublisher(
            catalog: catalog, store: store, keys: keys, configuration: configuration, logger: logger,
            clock: { self.now })
    }

    /// All that waits, and says why when it cannot be.
    func publish() async throws {
        for report in try await publisher().publishOnce() {
            guard case .published = report.outcome else { throw ToolFailure(description: "\(report)") }
        }
    }

    @discardableResult
    func makeArchive(
        _ reference: ArchiveReference, kind: ArchiveKind = .ppa, suites: [String] = ["bookworm"],
        key: Fingerprint? = nil
    ) async throws -> Archive {
        let archive = try await catalog.createArchive(
            NewArchive(
                reference, kind: kind, description: "Tools of Alice", signingKey: key ?? self.key,
                suites: suites.map { (SuiteName($0)!, nil) }), now: now)
        if kind == .primary { try await catalog.give(UploadRight(), to: person.name, in: archive) }
        return archive
    }

    func tree(_ reference: ArchiveReference = tools) -> FilePath {
        configuration.archives.appending(reference.description)
    }

    /// An upload's number, so that no two are the same.
    func nextUpload() -> Int {
        uploads.withLock {
            $0 += 1; return $0
        }
    }
}
