import ArchiveModel
import Catalog
import DebianControl
import Maintenance
import Testing

/// Suites whose bases are gone: frozen, withdrawn, and back.
@Suite struct GoneBaseTests {
    private static let day: Int64 = 86_400

    /// One round a number of days after the first.
    private static func round(_ fixture: MaintenanceFixture, day: Int64, isThere: Bool) async throws {
        let now = MaintenanceFixture.now + day * Self.day
        let round = MaintenanceRound(catalog: fixture.catalog, now: { now }) { suite, bringIn in
            guard isThere || suite.name.text != "bookworm" else { throw BaseIsDown() }
            return try await bringIn(MaintenanceFixture.base)
        }
        #expect(try await round.run().faults == [])
    }

    private static func suite(_ fixture: MaintenanceFixture, _ name: String = "bookworm") async throws -> ArchiveSuite {
        let tools = try #require(try await fixture.catalog.archive(MaintenanceFixture.tools))
        return try #require(tools.suite(SuiteName(name)!))
    }

    private static func titles(_ fixture: MaintenanceFixture) async throws -> [String] {
        try await fixture.catalog.letters(limit: 99).reversed().compactMap { entry in
            guard case .notice(let notice)? = entry.letter?.content else { return nil }
            return notice.title
        }
    }

    @Test func whatPPAsHaveIsFrozenThenWithdrawnAndComesBack() async throws {
        let fixture = try await MaintenanceFixture()
        try await fixture.accept("hello")
        try await Self.round(fixture, day: 0, isThere: true)
        for day in 1...8 { try await Self.round(fixture, day: Int64(day), isThere: false) }
        #expect(try await Self.suite(fixture).state == .open, "a mirror is mended within a week")
        try await Self.round(fixture, day: 9, isThere: false)
        let frozen = try await Self.suite(fixture)
        #expect(frozen.state == .frozen && frozen.onlyAdminsOpen && !frozen.isWithdrawn)
        #expect(try await Self.suite(fixture, "trixie").state == .open)
        #expect(try await fixture.catalog.snapshot(ofSuite: frozen.id)?.sources.count == 1)
        // A day counts as an eighth of a week: ninety are over after 103.
        for day in 10...111 { try await Self.round(fixture, day: Int64(day), isThere: false) }
        #expect(try await !Self.suite(fixture).isWithdrawn)
        let before = try #require(try await fixture.catalog.snapshot(ofSuite: frozen.id)).change
        for day in [112, 113] { try await Self.round(fixture, day: Int64(day), isThere: false) }
        let withdrawn = try #require(try await fixture.catalog.snapshot(ofSuite: frozen.id))
        #expect(withdrawn.sources.isEmpty && withdrawn.change == before + 1, "it is published once, with nothing in it")
        for day in [114, 115] { try await Self.round(fixture, day: Int64(day), isThere: true) }
        let back = try #require(try await fixture.catalog.snapshot(ofSuite: frozen.id))
        #expect(back.sources.count == 1 && back.change == before + 2)
        #expect(try await Self.suite(fixture).state == .open)
        #expect(
            try await Self.titles(fixture) == [
                "the base of debian bookworm is gone", "debian bookworm is withdrawn", "the base of bookworm is back",
            ])
    }

    /// A machine that slept: one look that fails is one, whenever the one before it was.
    @Test func whatNobodyLookedAtCountsForNothing() async throws {
        let fixture = try await MaintenanceFixture()
        try await Self.round(fixture, day: 0, isThere: true)
        for day in [1, 40, 80] { try await Self.round(fixture, day: Int64(day), isThere: false) }
        #expect(try await Self.suite(fixture).state == .open)
        for day in 81...90 { try await Self.round(fixture, day: Int64(day), isThere: false) }
        #expect(try await Self.suite(fixture).state == .frozen)
        for day in [300, 600] { try await Self.round(fixture, day: Int64(day), isThere: false) }
        #expect(try await !Self.suite(fixture).isWithdrawn)
    }

    /// Nobody knows that it ever was there: a service without a network, for one.
    @Test func aBaseThatWasNeverReadIsNotGone() async throws {
        let fixture = try await MaintenanceFixture()
        for day in [0, 100] { try await Self.round(fixture, day: Int64(day), isThere: false) }
        #expect(try await Self.suite(fixture).state == .open)
        #expect(try await Self.titles(fixture).isEmpty)
    }

    @Test func whatAnAdminFrozeStaysFrozen() async throws {
        let fixture = try await MaintenanceFixture()
        try await Self.round(fixture, day: 0, isThere: true)
        try await fixture.catalog.setState(.closed, of: try await Self.suite(fixture))
        for day in 1...10 { try await Self.round(fixture, day: Int64(day), isThere: false) }
        #expect(try await Self.suite(fixture).state == .closed)
        try await Self.round(fixture, day: 11, isThere: true)
        #expect(try await Self.suite(fixture).state == .closed)
    }
}
