import ArchiveModel
import Catalog
import DebianControl
import Testing

@testable import Intake

/// Uploads to external archives.
@Suite struct ExternalArchiveTests {
    static let drivers = ArchiveReference("~alice/debian/drivers")!
    static let path = "~alice/debian/drivers"

    private static func world(_ change: (inout NewArchive) -> Void = { _ in }) async throws -> World {
        let world = try await World()
        var new = NewArchive(
            drivers, kind: .external, description: "", signingKey: try await world.archive().signingKey,
            suites: ["bookworm", "trixie"].map { (name: SuiteName($0)!, architectures: nil) })
        (new.takesBinaries, new.buildsByItself) = (true, false)
        change(&new)
        try await world.catalog.createArchive(new, now: 1)
        return world
    }

    private static func built(_ change: (inout BuiltDraft) -> Void = { _ in }) async throws -> [String: [UInt8]] {
        var draft = BuiltDraft()
        draft.signer = .alice
        change(&draft)
        return try await draft.files()
    }

    private static func snapshot(_ world: World) async throws -> SuiteSnapshot {
        let suite = try #require(try await world.archive(drivers).suite(SuiteName("bookworm")!))
        return try #require(try await world.catalog.snapshot(ofSuite: suite.id))
    }

    private static func send(_ files: [String: [UInt8]], to world: World, _ session: String) async throws
        -> UploadRecord
    {
        try #require(try await world.send(files, session: session, path: path).first { $0.identity.session == session })
    }

    @Test func sourcesAreTakenAndNotBuilt() async throws {
        let world = try await Self.world()
        var draft = Draft()
        draft.section = "contrib/misc"
        let record = try await world.send(draft, path: Self.path)
        #expect(record.verdict.outcome == .accepted, "\(record.verdict.findings)")
        let snapshot = try await Self.snapshot(world)
        #expect(snapshot.sources.map(\.component) == [.main])
        #expect(try await world.catalog.builds(limit: 9).isEmpty)
    }

    @Test func sourcesAreBuiltWhereTheOwnerWantsIt() async throws {
        let world = try await Self.world { $0.buildsByItself = true }
        try await world.send(Draft(), path: Self.path)
        #expect(try await world.catalog.builds(limit: 9).count == 2)
    }

    /// "There might not even be source."
    @Test func packagesAreTakenWithoutASource() async throws {
        let world = try await Self.world()
        let record = try await Self.send(try await Self.built(), to: world, "b")
        #expect(record.verdict.outcome == .accepted, "\(record.verdict.findings)")
        var snapshot = try await Self.snapshot(world)
        #expect(
            snapshot.sources.isEmpty && snapshot.binaries.map(\.file.name.description) == ["hello_2.10-3_amd64.deb"])
        try await world.catalog.notePublished(snapshot, now: 1)
        let archive = try await world.archive(Self.drivers)
        let shown = try await world.catalog.packageSummaries(in: archive, limit: 9)
        #expect(shown.map(\.state) == [.published])
        #expect(try await world.catalog.history(of: PackageName("hello")!, in: archive).map(\.state) == [.published])
        let more = try await Self.send(try await Self.built { $0.architecture = "i386" }, to: world, "c")
        #expect(more.verdict.outcome == .accepted, "\(more.verdict.findings)")
        let newer = try await Self.send(
            try await Self.built { ($0.version, $0.packageVersion) = ("2.11-1", "2.11-1") }, to: world, "d")
        #expect(newer.verdict.outcome == .accepted, "\(newer.verdict.findings)")
        snapshot = try await Self.snapshot(world)
        #expect(
            snapshot.binaries.map(\.file.name.description) == ["hello_2.10-3_i386.deb", "hello_2.11-1_amd64.deb"])
        let older = try await Self.send(
            try await Self.built { ($0.version, $0.packageVersion, $0.package) = ("2.9-1", "2.9-1", "hi") }, to: world,
            "e")
        #expect(older.codes == ["version-not-newer"])
    }

    @Test func elsewhereTheyHaveASource() async throws {
        let world = try await Self.world()
        try await world.catalog.setTakesBinaries(true, of: try await world.archive())
        let files = try await Self.built()
        let record = try #require(try await world.send(files, session: "b").first)
        #expect(record.codes == ["source-not-here"])
    }

    /// A source cannot come later under a version whose packages are there without it, or were.
    @Test func aVersionIsUsedOnce() async throws {
        let world = try await Self.world()
        _ = try await Self.send(try await Self.built(), to: world, "b")
        #expect(try await world.send(Draft(), session: "s", path: Self.path).codes == ["version-taken"])
    }

    @Test func safetyIsLookedAtAllTheSame() async throws {
        let world = try await Self.world()
        let record = try await Self.send(try await Self.built { $0.prepare = "mkfifo pipe" }, to: world, "b")
        #expect(record.codes == ["deb-special-file"])
    }

    /// Whoever answers for it is told of what others send; of their own they get the verdict.
    @Test func theOwnerIsToldOfWhatOthersSend() async throws {
        let world = try await Self.world()
        let archive = try await world.archive(Self.drivers)
        _ = try await world.catalog.give(UploadRight(), to: OwnerName("bob")!, in: archive)
        _ = try await Self.send(try await Self.built(), to: world, "own")
        var draft = Draft()
        (draft.source, draft.signer, draft.dscSigner) = ("bye", .bob, .bob)
        let record = try await world.send(draft, session: "bob", path: Self.path)
        #expect(record.verdict.outcome == .accepted, "\(record.verdict.findings)")
        let told = try await world.letters().compactMap { letter -> Notice? in
            guard case .notice(let change) = letter.content else { return nil }
            #expect(letter.recipient.address == "alice@example.org")
            return change
        }
        #expect(
            told.map(\.title) == ["a change by bob"] && told[0].sentences == ["bye 2.10-3 was accepted into bookworm."])
    }

    @Test func nobodyUploadsToAnArchiveOfWhoIsBarred() async throws {
        let world = try await Self.world()
        let alice = OwnerName("alice")!
        _ = try await world.catalog.setBarred(true, alice, reason: "x", now: 1)
        #expect(try await world.send(Draft(), path: Self.path).codes == ["external-barred"])
        #expect(try await world.send(Draft(), session: "ppa").verdict.outcome == .accepted)
        _ = try await world.catalog.setBarred(false, alice, reason: "", now: 1)
        var later = Draft()
        later.version = "2.10-4"
        #expect(try await world.send(later, session: "again", path: Self.path).verdict.outcome == .accepted)
    }

    @Test func theLogHasWhatWasTakenAndRefused() async throws {
        let world = try await Self.world()
        let archive = try await world.archive(Self.drivers)
        let files = try await Self.built()
        _ = try await Self.send(files, to: world, "b")
        _ = try await Self.send(try await Self.built { $0.prepare = "mkfifo pipe" }, to: world, "refused")
        // What a stranger to the archive sends, or sends again, is not in it.
        _ = try await Self.send(try await Self.built { $0.signer = .bob }, to: world, "bob")
        #expect(try await Self.send(files, to: world, "replayed").codes.contains("signature-seen"))
        let log = try await world.catalog.uploadLog(of: archive, limit: 9)
        #expect(log.map(\.outcome) == [.rejected, .accepted])
        #expect(log.allSatisfy { $0.signer.text == "alice" && $0.package?.description == "hello" })
        #expect(try await world.catalog.uploadLog(of: archive, before: log[0].id, limit: 9) == [log[1]])
    }

    /// Packages without a source go from one external archive to another, and nowhere else.
    @Test func copiesKeepToExternalArchives() async throws {
        let world = try await Self.world()
        _ = try await Self.send(try await Self.built(), to: world, "b")
        let other = ArchiveReference("~alice/debian/more")!
        try await world.catalog.createArchive(
            NewArchive(
                other, kind: .external, description: "", signingKey: try await world.archive().signingKey,
                suites: [(name: SuiteName("bookworm")!, architectures: nil)]), now: 1)
        #expect(try await Self.copyCodes(to: World.tools, in: world) == ["not-source-only", "source-not-here"])
        #expect(try await Self.copyCodes(to: other, in: world) == ["not-source-only"])
        try await world.catalog.setTakesBinaries(true, of: try await world.archive(other))
        #expect(try await Self.copyCodes(to: other, in: world) == [])
        #expect(try await Self.copyCodes(to: other, withBinaries: false, in: world) == ["source-not-here"])
        _ = try await world.catalog.setBarred(true, OwnerName("alice")!, reason: "x", now: 1)
        #expect(try await Self.copyCodes(to: other, in: world) == ["external-barred"])
    }

    private static func copyCodes(
        to archive: ArchiveReference, withBinaries: Bool = true, in world: World
    ) async throws -> [String] {
        let alice = try #require(try await world.catalog.person(named: OwnerName("alice")!))
        let key = try #require(try await world.catalog.keys(of: alice).first)
        let copy = PackageCopy(
            from: drivers, SuiteName("bookworm")!, to: archive, SuiteName("bookworm")!,
            packages: [.init(name: PackageName("hello")!, version: nil)], withBinaries: withBinaries, by: alice, key,
            quotas: QuotaRule())
        return try await world.catalog.preview(copy).map(\.code)
    }
}
