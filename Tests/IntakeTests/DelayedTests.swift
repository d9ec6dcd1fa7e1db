import ArchiveModel
import Catalog
import Testing

@testable import Intake

/// Uploads to `…/DELAYED/3-day`.
@Suite struct DelayedTests {
    private static let path = "\(World.path)/DELAYED/3-day"
    private static let day: Int64 = 86_400

    @Test func waitsForItsDay() async throws {
        let world = try await World()
        let held = try await world.send(Draft(), path: Self.path)
        #expect(held.verdict.outcome == .held)
        #expect(held.verdict.waitsFor.first?.hasPrefix("It is delayed until ") == true)
        world.pass(seconds: 3 * Self.day - 600)
        #expect(try await world.service.process() == [], "not yet due")
        world.pass(seconds: 600)
        let taken = try await world.service.process()
        #expect(taken.map(\.verdict.outcome) == [.accepted])
        #expect(taken.map(\.id) == [held.id])
        #expect(try await world.letters().map(\.identity) == ["upload-1-held", "upload-1-accepted"])
        #expect(try world.sessions(.held) == [])
    }

    /// What the archive has by then counts.
    @Test func isJudgedAgainOnItsDay() async throws {
        let world = try await World()
        try await world.send(Draft(), session: "late", path: Self.path)
        var newer = Draft()
        newer.version = "2.10-4"
        #expect(try await world.send(newer, session: "s2").verdict.outcome == .accepted)
        world.pass(seconds: 3 * Self.day)
        #expect(try await world.service.process().map(\.codes) == [["version-not-newer"]])
    }

    @Test func whatIsWrongIsSaidAtOnce() async throws {
        let world = try await World()
        var bad = Draft()
        bad.distribution = "squeeze"
        #expect(try await world.send(bad, path: Self.path).verdict.outcome == .rejected)
    }

    @Test func aMissingFileIsWaitedForFirst() async throws {
        let world = try await World()
        var draft = Draft()
        draft.includesOrig = false
        #expect(try await world.send(draft, path: Self.path).verdict.waitsFor.first?.contains("is missing") == true)
        let orig = [draft.origName: Array(draft.orig.utf8)]
        try await world.send(orig, session: "s2", path: Self.path)
        let woken = try await world.service.process()
        #expect(woken.map(\.verdict.outcome) == [.held])
        #expect(woken.first?.verdict.waitsFor.first?.hasPrefix("It is delayed until ") == true)
    }

    @Test func noDaysAreNoDelay() async throws {
        let world = try await World()
        let record = try await world.send(Draft(), path: "\(World.path)/DELAYED/0-day")
        #expect(record.verdict.outcome == .accepted)
    }
}
