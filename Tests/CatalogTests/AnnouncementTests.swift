import ArchiveModel
import Catalog
import DebianControl
import Testing

/// What an archive accepts is told to a list, when an admin has named one.
@Suite struct AnnouncementTests {
    private let list = MailAddress("changes@lists.example.org")!

    @Test func theListIsToldInTheSameTransaction() async throws {
        let fixture = try await CatalogFixture()
        try await fixture.accept(fixture.source("hello", "1.0"))
        try await fixture.catalog.setAnnounce(list, of: fixture.archive)
        #expect(try await fixture.catalog.archive(fixture.archive.reference)?.announce == list)
        let record = try await fixture.accept(fixture.source("hello", "2.0"))
        let letters = try await fixture.catalog.letters(limit: 9).filter { $0.recipient == list.description }
        #expect(letters.map(\.identity) == ["upload-\(record.id)-announced"])
        guard case .announcement(let announcement)? = letters.first?.letter?.content else {
            Issue.record("not an announcement: \(letters)")
            return
        }
        #expect(announcement.upload == record.report && announcement.uploader == fixture.alice.name)
        try await fixture.catalog.setAnnounce(nil, of: fixture.archive)
        try await fixture.accept(fixture.source("hello", "3.0"))
        #expect(try await fixture.catalog.letters(limit: 9).count { $0.recipient == list.description } == 1)
    }

    /// A person's mails are collected, a list's are not.
    @Test func theListGetsEveryMail() async throws {
        let fixture = try await CatalogFixture()
        try await fixture.catalog.setAnnounce(list, of: fixture.archive)
        for version in ["1.0", "2.0", "3.0"] { try await fixture.accept(fixture.source("hello", version)) }
        let due = try await fixture.catalog.claimDueLetters(
            limit: 99, lease: 100, now: 50, rate: LetterRate(letters: 1, time: 3600, held: 50), token: { "t" })
        #expect(due.count { $0.recipient == list.description } == 3)
        #expect(due.filter { $0.recipient != list.description }.map(\.identity) == ["collected-1-3-50"])
    }
}
