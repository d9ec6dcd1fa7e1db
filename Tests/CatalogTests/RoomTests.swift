import ArchiveModel
import Catalog
import DebianControl
import Testing

/// Which archives the admin is told of, as they take the room.
@Suite struct RoomTests {
    /// Archives with 100 bytes each, and these quotas; without one, the service's rule.
    private static func rooms(_ quotas: [ArchiveQuota], rule: Int64?) async throws -> DigestReport.Rooms {
        let fixture = try await CatalogFixture()
        for (number, quota) in quotas.enumerated() {
            let made = try await fixture.catalog.createArchive(
                CatalogFixture.newArchive("~alice/debian/n\(number)"), now: 1)
            try await fixture.catalog.setQuota(quota, of: made)
            let archive = try unwrapped(await fixture.catalog.archive(made.reference))
            try await fixture.accept(fixture.source("hello", "1.\(number)", in: archive))
        }
        var rules = QuotaRule()
        rules.ofPPAs = rule
        return try await fixture.catalog.rooms(quotas: rules)
    }

    /// A source takes 19 bytes: `hello1.N` and `tarhello1.N`.
    @Test func theFullestAreNamedFirst() async throws {
        let rooms = try await Self.rooms(
            [.bytes(24), .bytes(25), .unlimited, .standard, .bytes(20), .bytes(19)], rule: 21)
        let named = rooms.nearlyFull.map { "\($0.archive.description.suffix(2)) \($0.percent ?? 0)" }
        let bytes = try #require(rooms.largest.first?.used)
        #expect(bytes == 19)
        #expect(named == ["n5 100", "n4 95", "n3 90"])
        #expect(rooms.moreNearlyFull == 0 && rooms.largest.count == 6)
    }

    @Test func thereAreBounds() async throws {
        let rooms = try await Self.rooms(Array(repeating: .bytes(19), count: 23), rule: nil)
        #expect(rooms.nearlyFull.count == 20 && rooms.moreNearlyFull == 3 && rooms.largest.count == 10)
        #expect(try await Self.rooms([.standard], rule: nil).nearlyFull.isEmpty)
    }
}
