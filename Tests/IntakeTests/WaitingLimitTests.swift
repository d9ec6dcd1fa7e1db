import ArchiveModel
import Catalog
import DebianControl
import Testing

@testable import Intake

/// How much may wait.
@Suite struct WaitingLimitTests {
    private static let path = "\(World.path)/DELAYED/3-day"

    private func draft(_ version: String, by who: Who = .alice) -> Draft {
        var draft = Draft()
        (draft.version, draft.signer) = (version, who)
        return draft
    }

    private func send(_ draft: Draft, to world: World, path: String = path) async throws -> UploadRecord {
        try await world.send(draft, session: "\(draft.signer!)-\(draft.version)", path: path)
    }

    @Test func oneSignerHasSoManyWaiting() async throws {
        let world = try await World(configure: { $0.waiting.uploadsEach = 2 })
        for version in ["2.10-3", "2.10-4"] {
            #expect(try await send(draft(version), to: world).verdict.outcome == .held)
        }
        let refused = try await send(draft("2.10-5"), to: world)
        #expect(refused.codes == ["too-much-waits"])
        let finding = try #require(refused.verdict.findings.first)
        #expect(finding.sentence.contains("2 uploads wait already") && finding.remedy != nil)
        #expect(try world.sessions(.kept) == ["alice-2.10-5"], "its files need not be sent again")
        try await world.catalog.give(UploadRight(), to: OwnerName("bob")!, in: try await world.archive())
        #expect(try await send(draft("2.10-6", by: .bob), to: world).verdict.outcome == .held)
        let whole = try await send(draft("2.10-7"), to: world, path: World.path)
        #expect(whole.verdict.outcome == .accepted, "what need not wait is taken")
    }

    @Test func roomIsFreeAgainWhenOneIsDecided() async throws {
        let world = try await World(configure: { $0.waiting.uploadsEach = 1 })
        let first = try await send(draft("2.10-3"), to: world)
        #expect(try await send(draft("2.10-4"), to: world).codes == ["too-much-waits"])
        _ = try await world.catalog.order(.cancel, upload: first.id, now: world.now)
        _ = try await world.service.process()
        #expect(try await send(draft("2.10-5"), to: world).verdict.outcome == .held)
    }

    @Test func allTogetherHaveALimit() async throws {
        let world = try await World(configure: { $0.waiting.uploads = 1 })
        try await world.catalog.give(UploadRight(), to: OwnerName("bob")!, in: try await world.archive())
        #expect(try await send(draft("2.10-3"), to: world).verdict.outcome == .held)
        #expect(try await send(draft("2.10-4", by: .bob), to: world).codes == ["too-much-waits"])
    }

    /// Strays in the session as well.
    @Test(arguments: [true, false])
    func bytesHaveALimit(ofAll: Bool) async throws {
        let world = try await World(configure: {
            if ofAll { $0.waiting.bytes = 10_000 } else { $0.waiting.bytesEach = 10_000 }
        })
        #expect(try await send(draft("2.10-3"), to: world).verdict.outcome == .held)
        try world.put(["stray.tar.xz": [UInt8](repeating: 0, count: 10_000)], session: "alice-2.10-4", path: Self.path)
        #expect(try await send(draft("2.10-4"), to: world).codes == ["too-much-waits"])
        #expect(try await send(draft("2.10-5"), to: world).verdict.outcome == .held)
    }

    /// Also when the limit has become a lower one.
    @Test func whatWaitsGoesOnWaiting() async throws {
        let world = try await World()
        let held = try await send(draft("2.10-3"), to: world)
        let nothing = UploadIdentity(session: "", path: "", sha256: "")
        let extent = try await world.catalog.waitingExtent(of: nil, besides: nothing)
        #expect(extent.uploads == 1 && extent.bytes > 1000)
        _ = try await world.catalog.order(.reschedule(due: world.now + 86_400), upload: held.id, now: world.now)
        let strict = try world.anotherService { ($0.waiting.uploads, $0.waiting.bytes) = (0, 0) }
        #expect(try await strict.process().map(\.verdict.outcome) == [.held])
        #expect(try await send(draft("2.10-4"), to: world).verdict.outcome == .held)
    }

    @Test func whatIsDecidedWaitsNoMore() async throws {
        let world = try await World()
        _ = try await send(draft("2.10-3"), to: world)
        world.pass(seconds: 3 * 86_400)
        #expect(try await world.service.process().map(\.verdict.outcome) == [.accepted])
        let nothing = UploadIdentity(session: "", path: "", sha256: "")
        let extent = try await world.catalog.waitingExtent(of: nil, besides: nothing)
        #expect(extent == WaitingExtent(uploads: 0, bytes: 0))
    }
}
