import ArchiveModel
import Catalog
import Testing

@testable import Intake

/// Uploads that wait for an archive that is taken down, restored or deleted meanwhile.
@Suite struct WithdrawnTests {
    private static let path = "\(World.path)/DELAYED/3-day"

    @Test func whatFallsDueWhileItIsDownWaitsUntilItIsRestored() async throws {
        let world = try await World()
        try await world.send(Draft(), path: Self.path)
        _ = try await world.catalog.setShown(false, archive: World.tools, now: world.now)
        world.pass(seconds: 4 * 86_400)
        #expect(try await world.catalog.nextUploadDue() == nil)
        #expect(try await world.service.process() == [])
        #expect(try await world.service.judge([]) == [])
        #expect(try world.sessions(.held) == ["s1"])
        _ = try await world.catalog.setShown(true, archive: World.tools, now: world.now)
        #expect(try await world.service.process().map(\.verdict.outcome) == [.accepted])
    }

    @Test func whoSignedItMayGiveItUpMeanwhile() async throws {
        let world = try await World()
        let held = try await world.send(Draft(), path: Self.path)
        _ = try await world.catalog.setShown(false, archive: World.tools, now: world.now)
        _ = try await world.catalog.order(.cancel, upload: held.id, now: world.now)
        #expect(try await world.service.process().map(\.codes) == [["cancelled"]])
    }

    @Test func whatComesWhileItIsDownIsRefused() async throws {
        let world = try await World()
        _ = try await world.catalog.setShown(false, archive: World.tools, now: world.now)
        #expect(try await world.send(Draft(), path: Self.path).codes == ["archive-disabled"])
    }

    /// In NEW, for its day, and for its files: each signer is told.
    @Test func whatWaitsForADeletedOneIsRefused() async throws {
        let world = try await World()
        try await world.catalog.setNew(true, of: try await world.archive())
        try await world.send(Draft(), session: "new")
        var (late, incomplete) = (Draft(), Draft())
        (late.source, incomplete.source, incomplete.includesOrig) = ("late", "incomplete", false)
        try await world.send(late, session: "late", path: Self.path)
        try await world.send(incomplete, session: "incomplete")
        #expect(try await world.letters().count == 3)
        try await world.delete()
        let refused = try await world.service.process()
        #expect(Set(refused.map(\.id)).count == 3)
        #expect(refused.allSatisfy { $0.verdict.outcome == .rejected && $0.codes.contains("archive-disabled") })
        #expect(try await world.catalog.uploadsInNew().isEmpty)
        #expect(try await world.letters().dropFirst(3).map(\.identity).allSatisfy { $0.hasSuffix("-rejected") })
        #expect(try await world.letters().count == 6)
    }

    /// Between the look at an upload and its acceptance.
    @Test func nothingIsTakenByOneThatWasTakenDownMeanwhile() async throws {
        let world = try await World()
        let archive = try await world.archive()
        _ = try await world.catalog.setShown(false, archive: World.tools, now: world.now)
        let identity = UploadIdentity(session: "s", path: "x", sha256: "1")
        await #expect(throws: Conflict.self) {
            try await world.catalog.record(identity, received: 1, now: 2) { number in
                let verdict = Verdict(.held)
                return Decision(
                    verdict: verdict, report: UploadReport(upload: number, changesName: "x", verdict: verdict),
                    letters: [], signer: nil, heldFor: archive.id)
            }
        }
        #expect(try await world.catalog.upload(identity) == nil)
    }
}

extension World {
    /// As alice's signed command does.
    fileprivate func delete() async throws {
        let keys = try await TestKeys.shared.value
        let key = try #require(keys.fingerprints[.alice])
        let alice = try #require(try await catalog.person(named: OwnerName("alice")!))
        let order = CommandOrder(
            signature: "delete", signingKey: key, signer: alice, origin: "test", title: "test", text: "", received: now,
            isDryRun: false, findings: [],
            steps: [CommandStep(paragraph: "", effect: .delete(World.tools, by: alice), findings: [])])
        #expect(try await catalog.carryOut(order, now: now) { _ in [] }.isDone)
    }
}
