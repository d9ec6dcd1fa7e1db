import ArchiveModel
import Catalog
import DebianControl
import DurableFiles
import PackageFiles
import SystemPackage
import Testing

@testable import Intake

/// What a crash can leave between two steps, put there by hand; then the service looks again. The outcome is always that of
/// an upload nothing happened to: one acceptance, one mail, no session left.
@Suite struct CrashTests {
    private func expectOneAcceptance(_ world: World) async throws {
        #expect(try await world.history().map(\.state) == [.pending])
        #expect(try await world.letters().map(\.identity) == ["upload-1-accepted"])
        #expect(try await world.catalog.builds().count == 2)
        for stage in Spool.Stage.allCases { #expect(try world.sessions(stage) == []) }
    }

    @Test func afterFilesEnteredTheStore() async throws {
        let world = try await World()
        let files = try await Draft().files()
        try world.put(files, session: "s1")
        let folder = try Folder(opening: world.root.appending("jail/landed/s1/\(World.path)"))
        for name in files.keys { try world.store.add(from: folder.openFile(name), hashing: Hashing()) }
        try await world.service.process()
        try await expectOneAcceptance(world)
    }

    @Test func afterTheCommitAndBeforeTheSessionLeft() async throws {
        let world = try await World()
        let files = try await Draft().files()
        try await world.send(files)
        try world.put(files, session: "s1")
        let again = try await world.service.process()
        #expect(again.map(\.id) == [1], "the verdict is found, not made")
        try await expectOneAcceptance(world)
    }

    @Test func whileTheSessionWasRemoved() async throws {
        let world = try await World()
        let draft = Draft()
        var files = try await draft.files()
        try await world.send(files)
        files[draft.origName] = nil
        try world.put(files, session: "s1")
        try await world.service.process()
        try await expectOneAcceptance(world)
    }

    @Test func afterTheVerdictInTheSessionAndBeforeItLanded() async throws {
        let world = try await World()
        let draft = Draft()
        try world.put(try await draft.files(), in: "incoming", session: "s1")
        let answer = await world.service.answer(
            .judge(session: "s1", directory: World.path, file: draft.changesName))
        guard case .verdict(let said) = answer else { throw TestFailure("\(answer)") }
        #expect(said.outcome == .accepted)
        try world.land("s1")
        try await world.service.process()
        try await expectOneAcceptance(world)
    }

    @Test func afterAHeldSessionWasCompletedAndBeforeItLeft() async throws {
        let world = try await World()
        var draft = Draft()
        draft.includesOrig = false
        let files = try await draft.files()
        try await world.send(files, session: "s1")
        try await world.send([draft.origName: Array(draft.orig.utf8)], session: "s2")
        try world.put(files, session: "s1")
        try await world.service.process()
        #expect(try await world.history().map(\.state) == [.pending])
        #expect(try await world.letters().map(\.identity) == ["upload-1-held", "upload-1-accepted"])
        #expect(try world.sessions(.landed) + world.sessions(.held) == [])
    }

    /// As after a crash, and as when another process moved it there in the moment in which it was decided.
    @Test func aHeldSessionThatWaitsForNothingLeaves() async throws {
        let world = try await World()
        let files = try await Draft().files()
        try await world.send(files, session: "s1")
        try world.put(files, session: "s1")
        try Durably.move(world.root.appending("jail/landed/s1"), to: world.root.appending("held/s1"))
        try await world.service.process()
        #expect(try world.sessions(.held) == [])
        #expect(try await world.letters().map(\.identity) == ["upload-1-accepted"])
    }

    /// The same signed text twice, at the same time: it acts once.
    @Test func twoCopiesAtOnceAcceptOnce() async throws {
        let world = try await World()
        let files = try await Draft().files()
        for session in ["s1", "s2"] { try world.put(files, session: session) }
        let outcomes = try await world.service.process().map(\.verdict.outcome)
        #expect(Set(outcomes) == [.accepted, .rejected])
        #expect(try await world.history().map(\.state) == [.pending])
    }

    @Test func whenTheFilesOfAWaitingUploadAreGoneItIsClosed() async throws {
        let world = try await World()
        var draft = Draft()
        draft.includesOrig = false
        try await world.send(draft)
        try Durably.removeTree(world.root.appending("held/s1"))
        world.pass(seconds: 86_400)
        try await world.service.process()
        #expect(try await world.catalog.upload(1)?.codes == ["files-gone"])
        #expect(try await world.catalog.nextUploadDue() == nil)
    }

    /// Two processes sweep the same folder: `slipway process` by cron beside `slipway serve`.
    @Test func twoSweepsAtOnceAcceptOnce() async throws {
        let world = try await World()
        let other = try world.anotherService()
        try world.put(try await Draft().files(), session: "s1")
        async let one = world.service.process()
        async let two = other.process()
        _ = try await (one, two)
        try await world.service.process()
        try await expectOneAcceptance(world)
    }
}

@Suite struct FailureTests {
    @Test func aFailureOfOursIsKeptRetriedAndToldToTheAdminOnce() async throws {
        let world = try await World()
        let temporary = world.root.appending("files/tmp")
        try Durably.removeTree(temporary)
        let failed = try await world.send(Draft())
        #expect(failed.verdict.outcome == .failed)
        #expect(try world.sessions(.held) == ["s1"])
        world.pass(seconds: 61)
        #expect(try await world.service.process().map(\.verdict.outcome) == [.failed])
        world.pass(seconds: 61)
        #expect(try await world.service.process() == [], "the pause has doubled")
        try Durably.makeFolders(temporary)
        world.pass(seconds: 61)
        #expect(try await world.service.process().map(\.verdict.outcome) == [.accepted])
        let told = try await world.letters().map(\.recipient.address)
        #expect(told == ["admin@example.org", "alice@example.org"])
    }

    @Test func oneBadSessionStopsNoOther() async throws {
        let world = try await World()
        try world.put(["x_1_source.changes": Array("nonsense".utf8)], session: "a")
        try world.put(try await Draft().files(), session: "b")
        try world.put(["x_1_source.changes": Array(repeating: 0, count: 5 << 20)], session: "c")
        let outcomes = try await world.service.process().map(\.verdict.outcome.rawValue).sorted()
        #expect(outcomes == ["accepted", "ignored", "ignored"])
    }

    @Test(arguments: [(1, 60), (2, 120), (3, 240), (9, 15_360), (10, 21_600), (1000, 21_600)])
    func pausesGrow(attempts: Int64, seconds: Int64) {
        let configuration = IntakeConfiguration(jail: "/j", state: "/s", publicURL: "")
        #expect(configuration.retryPause(after: attempts) == seconds)
    }
}
