import ArchiveModel
import Catalog
import DebianControl
import DurableFiles
import Foundation
import Logging
import OpenPGP
import SourceTree
import Synchronization
import SystemPackage

@testable import Intake

/// A whole service around an intake: people, archives, folders, and a clock that is set by hand.
final class World: Sendable {
    let root: FilePath
    let catalog: Catalog
    let store: ContentStore
    let verifier: SignatureVerifier
    let service: IntakeService
    private let clock = TestClock()

    static let tools = ArchiveReference("~alice/debian/tools")!
    static let primary = ArchiveReference("debian")!
    static let path = "~alice/debian/tools"

    init(
        unpacks: Bool = false, lintian: LintianPolicy? = nil, commands: CommandDoor? = nil,
        decided: @escaping @Sendable () -> Void = {},
        configure: (inout IntakeConfiguration) -> Void = { _ in }
    ) async throws {
        root = FilePath("/tmp/slipway-world-\(UInt64.random(in: 0..<UInt64.max))")
        try Durably.makeFolders(root)
        removeAtExit(root)
        catalog = try Catalog(path: root.appending("slipway.sqlite").string)
        store = try ContentStore(root: root.appending("files"))
        let keyring = try Keyring(home: root.appending("keyring"))
        verifier = SignatureVerifier(keyring: keyring)
        try await Self.populate(catalog, keyring)
        let clock = self.clock
        var configuration = Self.configuration(root)
        configure(&configuration)
        service = try IntakeService(
            configuration: configuration, catalog: catalog, verifier: verifier, store: store,
            unpacker: unpacks || lintian != nil ? try Self.unpacker(root) : nil, lintian: lintian, commands: commands,
            decided: decided,
            log: Self.silent, clock: { clock.now() })
    }

    private static func configuration(_ root: FilePath) -> IntakeConfiguration {
        IntakeConfiguration(
            jail: root.appending("jail"), state: root, publicURL: "http://localhost",
            admin: MailAddress("admin@example.org"))
    }

    /// The program is built beside the tests.
    private static func unpacker(_ root: FilePath) throws -> SourceUnpacker {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return try SourceUnpacker(
            program: FilePath(tests).removingLastComponent().appending("slipway-unpack"),
            scratch: root.appending("scratch"))
    }

    deinit { try? Durably.removeTree(root) }

    private static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private static func populate(_ catalog: Catalog, _ keyring: Keyring) async throws {
        let keys = try await TestKeys.shared.value
        _ = try await keyring.add(Who.allCases.filter { $0 != .stranger }.flatMap { keys.publicKeys[$0] ?? [] })
        for who in Who.allCases where who.isPerson {
            try await catalog.addPerson(
                OwnerName(who.rawValue)!, mail: MailAddress(who.address)!, keys: [keys.fingerprints[who]!], now: 1)
        }
        try await catalog.setBlocked(true, person: try await catalog.person(named: OwnerName("dave")!)!)
        try await catalog.setBuilder("local", key: keys.fingerprints[.builder]!)
        try await catalog.describe(["bookworm", "trixie"].map(suite))
        let suites = ["bookworm", "trixie"].map { (name: SuiteName($0)!, architectures: [Architecture]?.none) }
        for (reference, kind) in [(tools, ArchiveKind.ppa), (primary, .primary)] {
            try await catalog.createArchive(
                NewArchive(
                    reference, kind: kind, description: "", signingKey: keys.fingerprints[.builder]!, suites: suites),
                now: 1)
        }
        // Tests of NEW switch it on.
        if let archive = try await catalog.archive(primary) { try await catalog.setNew(false, of: archive) }
    }

    private static func suite(_ name: String) -> SuiteDescription {
        SuiteDescription(
            distribution: DistributionName("debian")!, name: SuiteName(name)!,
            architectures: [Architecture("amd64")!, Architecture("i386")!],
            components: [.main, ComponentName("contrib")!], baseSources: "")
    }
}

extension World {
    /// Lets the clock run ahead.
    func pass(seconds: Int64) { clock.pass(seconds) }

    /// Unix seconds.
    var now: Int64 { clock.now() }

    /// Something that happens while the next upload is judged.
    func whileJudging(_ event: @escaping @Sendable () -> Void) { clock.next(event) }

    /// Puts files where the gateway does.
    func put(_ files: [String: [UInt8]], in stage: String = "landed", session: String, path: String = World.path) throws
    {
        let folder = root.appending("jail").appending(stage).appending(session).appending(FilePath(path).components)
        try Durably.makeFolders(folder, sync: .later)
        for (name, bytes) in files { try Durably.write(bytes, to: folder.appending(name), sync: .later) }
    }

    /// The gateway's one rename.
    func land(_ session: String) throws {
        let jail = root.appending("jail")
        try Durably.move(jail.appending("incoming/\(session)"), to: jail.appending("landed/\(session)"))
    }

    /// A second process on the same folders and catalog.
    func anotherService(configure: (inout IntakeConfiguration) -> Void = { _ in }) throws -> IntakeService {
        var configuration = Self.configuration(root)
        configure(&configuration)
        return try IntakeService(
            configuration: configuration,
            catalog: try Catalog(path: root.appending("slipway.sqlite").string),
            verifier: verifier, store: try ContentStore(root: root.appending("files")), log: Self.silent)
    }

    /// One session that has landed, and what its uploads came to.
    @discardableResult
    func send(_ files: [String: [UInt8]], session: String = "s1", path: String = World.path) async throws
        -> [UploadRecord]
    {
        try put(files, session: session, path: path)
        return try await service.judge([FileName(session)!])
    }

    @discardableResult
    func send(_ draft: Draft, session: String = "s1", path: String = World.path) async throws -> UploadRecord {
        let records = try await send(try await draft.files(), session: session, path: path)
        guard let record = records.first(where: { $0.identity.session == session }) else {
            throw TestFailure("nothing was judged")
        }
        return record
    }

    /// The letters queued so far, oldest first.
    func letters() async throws -> [Letter] {
        try await catalog.letters(limit: 100).reversed().compactMap(\.letter)
    }

    func archive(_ reference: ArchiveReference = World.tools) async throws -> Archive {
        guard let archive = try await catalog.archive(reference) else { throw TestFailure("no archive") }
        return archive
    }

    func history(_ name: String = "hello") async throws -> [SourceHistory] {
        try await catalog.history(of: PackageName(name)!, in: try await archive())
    }

    /// The sessions that lie in a stage.
    func sessions(_ stage: Spool.Stage) throws -> [String] {
        try Spool(jail: root.appending("jail"), state: root).sessions(in: stage).map(\.description)
    }
}

/// The real time, and what the test has let pass.
final class TestClock: Sendable {
    private let ahead = Mutex<Int64>(0)
    private let whenAsked = Mutex<(@Sendable () -> Void)?>(nil)

    func now() -> Int64 {
        whenAsked.withLock { $0.take() }?()
        return secondsSince1970() + ahead.withLock { $0 }
    }

    /// Something that happens the next time somebody asks for the time.
    func next(_ event: @escaping @Sendable () -> Void) { whenAsked.withLock { $0 = event } }
    func pass(_ seconds: Int64) { ahead.withLock { $0 += seconds } }
}

extension UploadRecord {
    var codes: Set<String> { Set(verdict.findings.map(\.code)) }
}
