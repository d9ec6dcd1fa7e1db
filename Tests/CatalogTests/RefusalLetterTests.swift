import ArchiveModel
import Catalog
import Testing

/// How many letters about refused uploads one person is written in a day.
@Suite struct RefusalLetterTests {
    /// Many are decided at the same time, and become one transaction.
    @Test func theBoundHoldsForWhatIsDecidedTogether() async throws {
        let fixture = try await CatalogFixture()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 { group.addTask { try await Self.refuse(number, fixture, now: 1000) } }
            try await group.waitForAll()
        }
        #expect(try await fixture.catalog.letters(limit: 100).count == 3)
        try await Self.refuse(20, fixture, now: 1000 + 86_401)
        #expect(try await fixture.catalog.letters(limit: 100).count == 4, "a day later there is room again")
    }

    private static func refuse(_ number: Int, _ fixture: CatalogFixture, now: Int64) async throws {
        let alice = fixture.alice
        let identity = UploadIdentity(session: "s\(number)", path: "a.changes", sha256: "\(number)")
        try await fixture.catalog.record(identity, received: now, now: now) { upload in
            let verdict = Verdict(.rejected)
            let report = UploadReport(upload: upload, changesName: "a.changes", verdict: verdict)
            let letter = Letter(
                to: alice.mail, identity: "upload-\(upload)-rejected", content: .verdict(report),
                reason: "you signed it")
            return Decision(
                verdict: verdict, report: report, letters: [letter], signer: alice, refusalLettersADay: 3)
        }
    }
}
