import ArchiveModel
import Catalog
import Testing

@testable import Intake

/// What is ordered about uploads that wait.
@Suite struct OrderTests {
    private static let delayed = "\(World.path)/DELAYED/3-day"
    private static let day: Int64 = 86_400

    @Test func cancelledIsRejectedAndItsVersionIsFree() async throws {
        let world = try await World()
        let held = try await world.send(Draft(), path: Self.delayed)
        _ = try await world.catalog.order(.cancel, upload: held.id, now: world.now)
        #expect(try await world.service.process().map(\.codes) == [["cancelled"]])
        #expect(try world.sessions(.held) == [])
        #expect(try await world.letters().map(\.identity) == ["upload-1-held", "upload-1-rejected"])
        let again = try await world.send(Draft(), session: "s2")
        #expect(again.verdict.outcome == .accepted, "\(again.verdict.findings)")
    }

    @Test func whatIsDecidedIsOutOfReach() async throws {
        let world = try await World()
        let taken = try await world.send(Draft())
        await #expect(throws: Conflict.self) {
            _ = try await world.catalog.order(.cancel, upload: taken.id, now: world.now)
        }
    }

    @Test func rescheduledWaitsForTheOtherDay() async throws {
        let world = try await World()
        let held = try await world.send(Draft(), path: Self.delayed)
        _ = try await world.catalog.order(
            .reschedule(due: world.now + 7 * Self.day), upload: held.id, now: world.now)
        #expect(try await world.service.process().map(\.verdict.outcome) == [.held])
        world.pass(seconds: 4 * Self.day)
        #expect(try await world.service.process() == [], "not on the first day that was said")
        world.pass(seconds: 3 * Self.day + 600)
        #expect(try await world.service.process().map(\.verdict.outcome) == [.accepted])
    }

    @Test func rescheduledToNowIsTaken() async throws {
        let world = try await World()
        let held = try await world.send(Draft(), path: Self.delayed)
        _ = try await world.catalog.order(.reschedule(due: world.now), upload: held.id, now: world.now)
        #expect(try await world.service.process().map(\.verdict.outcome) == [.accepted])
    }

    /// An order that comes while the upload is judged is not lost: the judgement is done again.
    @Test func aVerdictThatDoesNotHeedTheOrderIsNone() async throws {
        let world = try await World()
        let held = try await world.send(Draft(), path: Self.delayed)
        _ = try await world.catalog.order(.cancel, upload: held.id, now: world.now)
        await #expect(throws: Conflict.self) {
            try await world.catalog.record(held.identity, received: held.received, now: world.now) { _ in
                Decision(verdict: held.verdict, report: held.report, letters: [], signer: nil, ordersHeeded: 0)
            }
        }
    }

    @Test func ofTwoEndsTheFirstCounts() async throws {
        let world = try await World()
        let held = try await world.send(Draft(), path: Self.delayed)
        _ = try await world.catalog.order(.refuse(reason: "no"), upload: held.id, now: world.now)
        _ = try await world.catalog.order(.cancel, upload: held.id, now: world.now)
        #expect(try await world.service.process().map(\.codes) == [["not-admitted"]])
    }
}
