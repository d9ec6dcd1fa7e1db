import ArchiveModel
import MailFormat
import Subprocess
import Testing

@testable import Mailer

struct GoldenMailTests {
    let writer: LetterWriter

    init() throws { writer = try LetterWriter(ExampleLetters.configuration) }

    @Test(arguments: try GoldenMail.all)
    func aLetterMakesThisMail(_ row: GoldenMail) throws {
        let mail = String(decoding: try writer.mail(for: row.letter, date: GoldenMail.date).rendered(), as: UTF8.self)
        #expect(mail == row.mail)
    }

    /// Python's mail parser finds what went in, words of other scripts included.
    @Test func otherProgramsReadTheMail() async throws {
        let finding = Finding(.wrongSize, "Die Größe ist falsch: 日本語.", file: "x.dsc")
        let report = UploadReport(
            upload: 3, changesName: "größe_1_source.changes", verdict: Verdict(.rejected, findings: [finding]))
        let bytes = try writer.mail(for: ExampleLetters.letter(.verdict(report)), date: GoldenMail.date).rendered()
        let script = """
            import sys, email, email.policy
            m = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.default)
            assert not m.defects, m.defects
            print(m["Subject"], m["Message-ID"], m["To"].addresses[0].addr_spec, m["X-Slipway-Upload"], sep="\\n")
            print("Die Größe ist falsch: 日本語." in m.get_content())
            """
        let result = try await run(
            .name("python3"), arguments: ["-c", script], environment: .inherit.updating(["PYTHONUTF8": "1"]),
            input: .array(bytes), output: .string(limit: 4096), error: .string(limit: 4096))
        #expect(result.standardError == "")
        #expect(
            result.standardOutput == """
                [ppa.example.org] größe_1_source.changes (Rejected)
                <upload-17-verdict@ppa.example.org>
                alice@example.org
                3
                True

                """)
    }

    /// A version's colon cannot stand in a Message-ID, and must not make two identities one.
    /// It is seen by its own host name.
    @Test(arguments: [
        (ArchiveKind?.none, "https://ppa.example.org"), (.ppa, "https://ppa.example.org"),
        (.external, "https://ext.example.org"),
    ])
    func linksNameTheArchivesHost(_ kind: ArchiveKind?, _ host: String) throws {
        var configuration = try ExampleLetters.configuration
        configuration.addresses = try #require(
            ArchiveAddresses(url: "https://ppa.example.org", external: "https://ext.example.org"))
        let writer = try LetterWriter(configuration)
        let drivers = try #require(ArchiveReference("~alice/debian/drivers"))
        for content: Letter.Content in [
            .notice(Notice(archive: drivers, kind: kind, title: "a change", sentences: ["x"])),
            .quota(QuotaReport(archive: drivers, kind: kind, used: 1, limit: 1, last: "hello 1.0")),
        ] {
            let mail = try writer.mail(for: try ExampleLetters.letter(content), date: 0)
            #expect(mail.body.contains("\(host)/~alice/debian/drivers\n"), "\(mail.body)")
        }
    }

    @Test func identitiesStayApart() throws {
        let report = ExampleLetters.upload(try ExampleLetters.verdict(.accepted))
        let ids = try ["a:1", "a=3A1", "a.1", "a 1"].map { identity in
            try writer.mail(for: ExampleLetters.letter(.verdict(report), identity: identity), date: 0).messageID
        }
        #expect(Set(ids).count == 4)
    }
}
