import ArchiveModel
import Catalog
import DebianControl
import Maintenance
import Testing

/// Reminders of rights and keys that end.
@Suite struct ExpiryTests {
    private static let now = MaintenanceFixture.now
    private static let day: Int64 = 86_400

    private static func titles(_ fixture: MaintenanceFixture) async throws -> [String] {
        try await fixture.catalog.letters(limit: 99).reversed().compactMap { entry in
            guard case .notice(let notice)? = entry.letter?.content else { return nil }
            return "\(entry.recipient): \(notice.title)"
        }
    }

    private static func round(_ fixture: MaintenanceFixture, _ now: Int64, keys: [Fingerprint: Int64] = [:])
        async throws
        -> MaintenanceReport
    {
        var round = MaintenanceRound(catalog: fixture.catalog, now: { now }) { _, _ in nil }
        round.keyExpiries = { keys }
        return try await round.run()
    }

    /// To the holder and, as an admin gave it at the machine, to the archive's owner.
    @Test func aRightIsRemindedOfThreeTimes() async throws {
        let fixture = try await MaintenanceFixture()
        let bob = OwnerName("bob")!
        try await fixture.catalog.addPerson(bob, mail: MailAddress("bob@example.org")!, keys: [], now: 1)
        let tools = try #require(try await fixture.catalog.archive(MaintenanceFixture.tools))
        let end = Self.now + 200 * Self.day
        try await fixture.catalog.give(UploadRight(until: end), to: bob, in: tools)
        var counts: [Int] = []
        for days in [0, 19, 21, 22, 109, 111, 171, 172, 199, 201] {
            counts.append(try await Self.round(fixture, Self.now + Int64(days) * Self.day).reminders)
        }
        #expect(counts == [0, 0, 2, 0, 0, 2, 2, 0, 0, 0])
        let title = "bob's right ends on \(UTCDate(secondsSince1970: end - 1).dayText)"
        #expect(
            try await Set(Self.titles(fixture)) == ["bob@example.org: \(title)", "alice@example.org: \(title)"])
    }

    @Test func aKeyIsRemindedOfUnlessItIsBlocked() async throws {
        let fixture = try await MaintenanceFixture()
        let keys = [MaintenanceFixture.key: Self.now + 20 * Self.day]
        #expect(try await Self.round(fixture, Self.now, keys: keys).reminders == 1, "late, and once")
        #expect(try await Self.round(fixture, Self.now + Self.day, keys: keys).reminders == 0)
        let longer = [MaintenanceFixture.key: Self.now + 150 * Self.day]
        #expect(try await Self.round(fixture, Self.now + Self.day, keys: longer).reminders == 1, "another day")
        try await fixture.catalog.setBlocked(true, key: MaintenanceFixture.key)
        #expect(try await Self.round(fixture, Self.now + 100 * Self.day, keys: longer).reminders == 0)
        #expect(try await Self.round(fixture, Self.now + 400 * Self.day, keys: longer).reminders == 0, "it is over")
    }

    @Test func aRightThatHasEndedIsNone() async throws {
        let fixture = try await MaintenanceFixture()
        let (bob, key) = (OwnerName("bob")!, Fingerprint(String(repeating: "B", count: 40))!)
        try await fixture.catalog.addPerson(bob, mail: MailAddress("bob@example.org")!, keys: [key], now: 1)
        let person = try #require(try await fixture.catalog.person(named: bob))
        let tools = try #require(try await fixture.catalog.archive(MaintenanceFixture.tools))
        try await fixture.catalog.give(UploadRight(until: 1_000_000), to: bob, in: tools)
        #expect(try await fixture.catalog.uploadRights(of: person, key: key, to: tools) == .given([]))
        let right = UploadRight(until: 1 << 40)
        try await fixture.catalog.give(right, to: bob, in: tools)
        #expect(try await fixture.catalog.uploadRights(of: person, key: key, to: tools) == .given([right]))
    }
}
