import ArchiveModel
import Catalog
import Testing

@testable import Intake

/// What an archive may hold.
@Suite struct QuotaTests {
    private func world(quota: Int64?) async throws -> World {
        try await World(configure: { $0.quotaOfPPAs = quota })
    }

    @Test func whatDoesNotFitIsRefused() async throws {
        let world = try await world(quota: 500)
        let record = try await world.send(Draft())
        #expect(record.codes == ["quota-exceeded"])
        #expect(try await world.archive().bytes == 0)
    }

    @Test func whatNearlyFillsItIsToldSo() async throws {
        let world = try await world(quota: nil)
        try await world.send(Draft())
        let bytes = try await world.archive().bytes
        #expect(bytes > 500, "the .dsc and both tarballs")
        try await world.catalog.setQuota(bytes + bytes / 2, of: try await world.archive())
        var next = Draft()
        (next.version, next.includesOrig) = ("2.10-4", false)
        #expect(try await world.send(next, session: "s2").codes == ["quota-exceeded"])
        try await world.catalog.setQuota(bytes * 2, of: try await world.archive())
        next.version = "2.10-5"
        let record = try await world.send(next, session: "s3")
        #expect(record.verdict.outcome == .accepted)
        #expect(record.codes == ["quota-nearly-reached"])
    }

    /// The upstream tarball comes in once.
    @Test func whatIsThereAlreadyTakesNoMoreRoom() async throws {
        let world = try await world(quota: nil)
        try await world.send(Draft())
        let bytes = try await world.archive().bytes
        var next = Draft()
        next.version = "2.10-4"
        #expect(try await world.send(next, session: "s2").verdict.outcome == .accepted)
        let after = try await world.archive().bytes
        #expect(after - bytes == bytes - Int64(next.orig.utf8.count))
    }
}
