import ArchiveModel
import Catalog
import DebianControl
import Testing

@testable import Intake

/// Uploads whose files come later, or need not come at all.
@Suite struct WaitingTests {
    private func withoutOrig(_ draft: Draft = Draft()) -> Draft {
        var draft = draft
        draft.includesOrig = false
        return draft
    }

    @Test func aTarballThatTheArchiveHasNeedNotBeSent() async throws {
        let world = try await World()
        try await world.send(Draft())
        var next = withoutOrig()
        next.version = "2.10-4"
        let record = try await world.send(next, session: "s2")
        #expect(record.verdict.outcome == .accepted)
        #expect(record.report.files.filter(\.isReused).map(\.name) == ["hello_2.10.orig.tar.xz"])
    }

    @Test func aTarballOfTheSameNameAndOtherBytesIsRefused() async throws {
        let world = try await World()
        try await world.send(Draft())
        var next = Draft()
        (next.version, next.orig) = ("2.10-4", "another tarball\n")
        #expect(try await world.send(next, session: "s2").codes == ["file-differs-from-published"])
    }

    @Test func whatIsMissingIsWaitedForAndMayComeInALaterSession() async throws {
        let world = try await World()
        let draft = withoutOrig()
        let held = try await world.send(draft)
        #expect(held.verdict.outcome == .held)
        #expect(held.verdict.waitsFor == ["hello_2.10.orig.tar.xz (21 bytes) is missing."])
        #expect(try world.sessions(.held) == ["s1"])
        #expect(try await world.send([draft.origName: Array(draft.orig.utf8)], session: "s2") == [])
        #expect(try world.sessions(.kept) == ["s2"])
        // Whatever became of the process meanwhile: it is due.
        let woken = try await world.anotherService().process()
        #expect(woken.map(\.verdict.outcome) == [.accepted])
        #expect(woken.map(\.id) == [held.id], "one upload, one receipt")
        #expect(try world.sessions(.held) == [])
        #expect(try await world.letters().map(\.identity) == ["upload-1-held", "upload-1-accepted"])
    }

    /// The tarball's session is through before the other one is seen to wait.
    @Test func whatComesWhileItIsLookedForIsNotMissed() async throws {
        let world = try await World()
        let draft = withoutOrig()
        let (sessions, directory) = (world.service.sessions, try #require(TargetPath(World.path)))
        world.whileJudging {
            let orig = FileName("s2")!
            _ = try? sessions.waiting(for: [directory], besides: orig)
        }
        let records = try await world.send(draft)
        #expect(records.attempts == 2)
    }

    /// Each time all files of the upload are read again, and anybody may send something to its path.
    @Test func whatWaitsIsNotWokenWithoutEnd() async throws {
        let world = try await World(configure: { ($0.quickWakes, $0.wakePause) = (3, 600) })
        let held = try await world.send(withoutOrig())
        for number in 1...5 {
            try await world.send(["notes.txt": [1]], session: "stray\(number)")
            try await world.service.process()
        }
        #expect(try await world.catalog.upload(held.id)?.attempts == 3)
        world.pass(seconds: 600)
        let orig = [Draft().origName: Array(Draft().orig.utf8)]
        try await world.send(orig, session: "s2")
        #expect(try await world.service.process().map(\.verdict.outcome) == [.accepted])
    }

    /// Nothing else has to come for it to be looked at.
    @Test func whatComesInThePauseIsFoundWhenItIsOver() async throws {
        let world = try await World(configure: { ($0.quickWakes, $0.wakePause) = (1, 600) })
        let held = try await world.send(withoutOrig())
        let orig = [Draft().origName: Array(Draft().orig.utf8)]
        #expect(try await world.send(orig, session: "s2") == [])
        #expect(try await world.catalog.upload(held.id)?.attempts == 1)
        world.pass(seconds: 601)
        #expect(try await world.service.process().map(\.verdict.outcome) == [.accepted])
    }

    /// dupload sends only what its log says is missing, the `.changes` in the second session.
    @Test func filesMayComeBeforeTheirChanges() async throws {
        let world = try await World()
        let draft = Draft()
        var files = try await draft.files()
        let orig = Array(draft.orig.utf8)
        files[draft.origName] = nil
        #expect(try await world.send([draft.origName: orig], session: "s1") == [])
        #expect(try world.sessions(.kept) == ["s1"])
        #expect(try await world.send(files, session: "s2").map(\.verdict.outcome) == [.accepted])
    }

    /// Over HTTP each file is a session of its own, and the `.changes` may be judged before those have been looked at.
    @Test func filesMayLieInSessionsThatNobodyHasLookedAt() async throws {
        let world = try await World()
        let draft = Draft()
        for (number, file) in try await draft.files().sorted(by: { $0.key < $1.key }).enumerated() {
            let isLast = file.key == draft.changesName
            try world.put([file.key: file.value], session: isLast ? "last" : "s\(number)")
        }
        let records = try await world.service.judge([FileName("last")!])
        #expect(records.map(\.verdict.outcome) == [.accepted])
    }

    @Test func filesOfAnotherPathDoNotCount() async throws {
        let world = try await World()
        let draft = withoutOrig()
        try await world.send([draft.origName: Array(draft.orig.utf8)], session: "s1", path: "~alice/debian/other")
        #expect(try await world.send(draft, session: "s2").verdict.outcome == .held)
    }

    @Test func aFileOfOtherBytesIsNotWhatIsWaitedFor() async throws {
        let world = try await World()
        let draft = withoutOrig()
        try await world.send([draft.origName: Array("THE UPSTREAM TARBALL\n".utf8)], session: "s1")
        #expect(try await world.send(draft, session: "s2").verdict.outcome == .held)
    }

    @Test func afterADayItIsRejected() async throws {
        let world = try await World()
        try await world.send(withoutOrig())
        world.pass(seconds: 86_400)
        let records = try await world.service.process()
        #expect(records.map(\.verdict.outcome) == [.rejected])
        #expect(records.map(\.codes) == [["missing-file"]])
        #expect(try world.sessions(.kept) == ["s1"])
        #expect(try await world.service.process() == [], "decided once")
    }

    @Test func filesOfARejectedUploadNeedNotBeSentAgain() async throws {
        let world = try await World()
        var bad = Draft()
        bad.distribution = "squeeze"
        try await world.send(bad)
        let good = try await withoutOrig().files()
        #expect(try await world.send(good, session: "s2").map(\.verdict.outcome) == [.accepted])
    }

    @Test(arguments: [(86_400, true), (14 * 86_400, false)])
    func rejectedFilesStayForTwoWeeks(seconds: Int, areKept: Bool) async throws {
        let world = try await World()
        var bad = Draft()
        bad.distribution = "squeeze"
        try await world.send(bad)
        world.pass(seconds: Int64(seconds))
        try await world.service.process()
        #expect(try world.sessions(.kept) == (areKept ? ["s1"] : []))
        #expect(try await world.catalog.upload(1)?.verdict.outcome == .rejected, "the receipt stays")
    }

    @Test func whatIsKeptHasABound() async throws {
        let world = try await World(configure: { $0.keptSize = 150 })
        for session in ["a", "b", "c"] {
            try await world.send(["notes.txt": Array(repeating: 0, count: 100)], session: session)
        }
        try await world.service.process()
        #expect(try world.sessions(.kept).count == 1)
    }

    @Test(arguments: [2, 9])
    func smallSessionsAreBoundedInNumber(keptFiles: Int) async throws {
        let world = try await World(configure: { ($0.keptFiles, $0.keptSessions) = (keptFiles, 3) })
        for session in ["a", "b", "c", "d"] { try await world.send(["notes.txt": []], session: session) }
        try await world.service.process()
        #expect(try world.sessions(.kept).count == min(keptFiles, 3))
    }

    @Test func receiptsOfStrangersDoNotStayForEver() async throws {
        let world = try await World(configure: { $0.ignoredReceipts = 2 })
        for number in 1...4 {
            try await world.send(["x_source.changes": Array("Format: \(number)\n".utf8)], session: "s\(number)")
            world.pass(seconds: 1)
        }
        try await world.service.process()
        #expect(try await world.catalog.latestUploads(limit: 9).map(\.id) == [4, 3, 2])
        world.pass(seconds: 15 * 86_400)
        try await world.service.process()
        #expect(try await world.catalog.latestUploads(limit: 9) == [])
    }

    @Test func straysStayForADay() async throws {
        let world = try await World()
        try await world.send(["notes.txt": [1]])
        world.pass(seconds: 86_400)
        try await world.service.process()
        #expect(try world.sessions(.kept) == [])
    }
}
