import ArchiveModel
import Catalog
import DebianControl
import DurableFiles
import Testing

@testable import Intake

@Suite struct AcceptanceTests {
    @Test func acceptsASignedSourceAndTellsTheSignerOnly() async throws {
        let world = try await World()
        let record = try await world.send(Draft())
        #expect(record.verdict.findings == [])
        #expect(record.verdict.outcome == .accepted)
        #expect(record.verdict.subject == "hello 2.10-3")
        #expect(record.verdict.place == "~alice/debian/tools bookworm")
        #expect(record.verdict.page == "http://localhost/uploads/1")
        #expect(try await world.history().map(\.state) == [.pending])
        #expect(try await world.catalog.builds().map(\.architecture.description).sorted() == ["amd64", "i386"])
        let letters = try await world.letters()
        #expect(letters.map(\.recipient.address) == ["alice@example.org"], "not the Changed-By")
        #expect(letters.map(\.identity) == ["upload-1-accepted"])
    }

    @Test func storesExactlyTheBytesThatWereSigned() async throws {
        let world = try await World()
        let draft = Draft()
        try await world.send(draft)
        let file = try await world.catalog.file(named: FileName(draft.origName)!, inArchive: World.tools)
        let stored = try world.store.open(try #require(file).sha256).readAll(limit: 1 << 20)
        #expect(stored == Array(draft.orig.utf8))
    }

    @Test func theSignedTextIsKeptAndNotShown() async throws {
        let world = try await World()
        let draft = Draft()
        let files = try await draft.files()
        let record = try #require(try await world.send(files).first)
        let kept = try await world.catalog.records(ofUpload: record.id)
        #expect(kept.map(\.name.description) == [draft.changesName])
        #expect(try world.store.open(kept[0].sha256).readAll(limit: 1 << 20) == files[draft.changesName])
        #expect(try await world.catalog.file(named: kept[0].name, inArchive: World.tools) == nil, "not in the pool")
    }

    @Test func aSessionThatIsAcceptedLeavesNothing() async throws {
        let world = try await World()
        try await world.send(Draft())
        for stage in Spool.Stage.allCases { #expect(try world.sessions(stage) == []) }
    }

    @Test func thePathGoesBeforeTheDistributionField() async throws {
        let world = try await World()
        let record = try await world.send(Draft(), path: World.path + "/trixie")
        #expect(record.verdict.outcome == .accepted)
        #expect(record.verdict.suite?.text == "trixie")
        #expect(record.codes == ["suite-by-path"])
    }

    @Test func theDscMayBeSignedByAnotherRegisteredPerson() async throws {
        let world = try await World()
        var draft = Draft()
        draft.dscSigner = .bob
        #expect(try await world.send(draft).verdict.outcome == .accepted)
    }

    @Test func severalChangesOfASessionAreJudgedOneByOne() async throws {
        let world = try await World()
        var (good, bad) = (Draft(), Draft())
        good.source = "zebra"
        bad.distribution = "squeeze"
        let files = try await good.files().merging(bad.files()) { one, _ in one }
        let outcomes = try await world.send(files).map { ($0.verdict.package ?? "", $0.verdict.outcome) }
        #expect(Dictionary(uniqueKeysWithValues: outcomes) == ["zebra": .accepted, "hello": .rejected])
        #expect(try world.sessions(.kept) == ["s1"])
    }

    @Test func sourceChangesAreJudgedFirst() throws {
        var contents = SessionContents()
        for name in ["a_1_amd64.changes", "b_1_source.changes", "c_1_multi.changes", "d_1_source.changes"] {
            contents.add(UploadPath(directory: .root, name: FileName(name)!), of: FileName("s")!)
        }
        #expect(
            contents.uploads.map(\.description) == [
                "b_1_source.changes", "d_1_source.changes", "a_1_amd64.changes", "c_1_multi.changes",
            ])
    }
}

@Suite struct VersionTests {
    @Test func anAcceptedChangesSentAgainIsRefusedAndToldOnce() async throws {
        let world = try await World()
        let files = try await Draft().files()
        try await world.send(files, session: "s1")
        for session in ["s2", "s3"] {
            let record = try #require(try await world.send(files, session: session).first)
            #expect(record.verdict.outcome == .rejected)
            #expect(record.codes == ["signature-seen", "version-taken"])
        }
        #expect(try await world.letters().count == 2, "one of the acceptance, one for all replays")
        #expect(try await world.history().count == 1)
    }

    /// Anybody may have a text that Alice signed for another place, and send it again and again.
    @Test func nobodyIsMailedWithoutEndForTextsThatOthersSend() async throws {
        let world = try await World(configure: { $0.refusalLettersADay = 2 })
        var draft = Draft()
        draft.distribution = "squeeze"
        let files = try await draft.files()
        for number in 1...4 {
            #expect(try await world.send(files, session: "s\(number)").map(\.verdict.outcome) == [.rejected])
        }
        #expect(try await world.letters().count == 2)
        #expect(try await world.send(Draft(), session: "s5").verdict.outcome == .accepted)
        #expect(try await world.letters().count == 3, "what was accepted is always told")
        world.pass(seconds: 86_401)
        _ = try await world.send(files, session: "s6")
        #expect(try await world.letters().count == 4)
    }

    @Test func aVersionIsUsedOnceInAnArchive() async throws {
        let world = try await World()
        try await world.send(Draft())
        var other = Draft()
        (other.debian, other.distribution) = ("other packaging\n", "trixie")
        let record = try await world.send(other, session: "s2")
        #expect(record.codes == ["version-taken", "file-differs-from-published"])
        #expect(record.verdict.findings.contains { $0.sentence.contains("bookworm") })
    }

    @Test(arguments: [("2.10-4", Verdict.Outcome.accepted), ("2.10-2", .rejected), ("2.10-3~1", .rejected)])
    func aVersionHasToBeNewer(version: String, outcome: Verdict.Outcome) async throws {
        let world = try await World()
        try await world.send(Draft())
        var next = Draft()
        next.version = version
        let record = try await world.send(next, session: "s2")
        #expect(record.verdict.outcome == outcome)
        #expect(record.codes == (outcome == .accepted ? [] : ["version-not-newer"]))
    }

    @Test func anotherSuiteMayHaveALowerVersion() async throws {
        let world = try await World()
        try await world.send(Draft())
        var older = Draft()
        (older.version, older.distribution) = ("2.10-2", "trixie")
        #expect(try await world.send(older, session: "s2").verdict.outcome == .accepted)
    }
}
