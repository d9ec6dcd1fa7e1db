import ArchiveModel
import Catalog
import Testing

@testable import Web

/// What commands came to, on the pages of uploads, archives and people.
@Suite struct CommandPageTests {
    private static let upload = UploadIdentity(session: "c", path: "a.commands", sha256: WebFixture.hex)

    /// alice has changed her archive, and the second paragraph could not be done.
    private func run(_ body: @escaping @Sendable (WebFixture) async throws -> Void) async throws {
        try await WebFixture.run { web in
            let paragraph =
                "Action: change-ppa\nPpa: \(web.archive.reference)\nReason: <secret>\nAnnounce: x@example.org\n"
            var settings = ArchiveSettings()
            (settings.description, settings.announce) = ("New", .to(MailAddress("x@example.org")!))
            var order = CommandOrder(
                signature: "c", signingKey: Fingerprint(WebFixture.key)!, signer: web.alice, origin: "test",
                title: "a.commands", text: "", received: 30, isDryRun: false, findings: [],
                steps: [
                    CommandStep(
                        paragraph: paragraph, effect: .change(web.archive.reference, settings, by: web.alice),
                        findings: []),
                    CommandStep(
                        paragraph: "Action: restore\nPpa: \(web.archive.reference)\n",
                        effect: .restore(web.archive.reference), findings: []),
                ])
            order.place = CommandPlace(upload: Self.upload, client: nil)
            _ = try await web.catalog.carryOut(order, now: 30) { _ in [] }
            try await web.catalog.record(Self.upload, received: 10, now: 20) { number in
                let verdict = Verdict(.rejected, package: "a.commands")
                let report = UploadReport(upload: number, changesName: "a.commands", verdict: verdict)
                return Decision(verdict: verdict, report: report, letters: [], signer: web.alice)
            }
            try await body(web)
        }
    }

    @Test func theUploadHasAnAnswerForEachParagraph() async throws {
        try await run { web in
            let page = try await web.get("/uploads/1").body
            for text in ["Action: change-ppa", "has a new description", "not done", "is shown", "not-possible"] {
                #expect(page.contains(text), "\(text) in \(page)")
            }
            #expect(!page.contains("secret") && !page.contains("x@example.org"), "\(page)")
            let json = try await web.get("/uploads/1.json").body
            #expect(json.contains("\"action\" : \"restore\"") && json.contains("\"isDone\" : true"), "\(json)")
        }
    }

    @Test func theArchiveAndItsOwnerListIt() async throws {
        try await run { web in
            for path in ["/~alice/debian/tools", "/~alice"] {
                let page = try await web.get(path).body
                #expect(page.contains("<a href=\"/uploads/1\">change-ppa, restore</a> by alice"), "\(page)")
            }
            let json = try await web.get("/~alice.json").body
            #expect(json.contains("\"reference\" : \"~alice/debian/tools\""), "\(json)")
            let nobody = try await web.get("/~nobody")
            #expect(nobody.status == 404)
        }
    }

    @Test func whatIsWithdrawnIsNotToldOf() async throws {
        try await run { web in
            try await web.withdraw(isDeleted: false)
            let page = try await web.get("/uploads/1").body
            #expect(page.contains("Action: change-ppa") && !page.contains("alice/debian/tools"), "\(page)")
        }
    }
}
