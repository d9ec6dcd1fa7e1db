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
        #expect(try await world.history().map(\.state) == [.pending])
        let letters = try await world.letters()
        #expect(letters.map(\.recipient.address) == ["alice@example.org"])
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

    @Test func aSessionThatIsAcceptedLeavesNothing() async throws {
        let world = try await World()
        try await world.send(Draft())
        for stage in Spool.Stage.allCases { #expect(try world.sessions(stage) == []) }
    }
}
