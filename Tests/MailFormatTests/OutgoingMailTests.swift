import ArchiveModel
import Testing

@testable import MailFormat

@Suite struct OutgoingMailTests {
    private func mail(
        from: String = "Slipway <archive@example.org>", to: String = "Alice <alice@example.org>",
        subject: HeaderText = "hello 2.10-3 accepted", body: String = "It is in.\n"
    ) throws -> OutgoingMail {
        OutgoingMail(
            from: try #require(MailAddress(from)), to: try #require(MailAddress(to)), subject: subject,
            messageID: try #require(MessageID("upload-1.accepted@example.org")), date: 1_577_836_800, body: body)
    }

    private func text(_ mail: OutgoingMail) -> String { String(decoding: mail.rendered(), as: UTF8.self) }

    @Test func aPlainMailIsPlain() throws {
        #expect(
            text(try mail()) == """
                Date: Wed, 01 Jan 2020 00:00:00 +0000
                From: Slipway <archive@example.org>
                Subject: hello 2.10-3 accepted
                To: Alice <alice@example.org>
                Message-Id: <upload-1.accepted@example.org>
                Auto-Submitted: auto-generated
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 7bit

                It is in.

                """)
    }

    @Test func anAnswerStandsInItsThread() throws {
        var answer = try mail()
        let ids = try ["a@x.org", "<b@x.org>"].map { try #require(MessageID($0)) }
        answer.inReplyTo = ids[1]
        answer.references = ids
        answer.automatic = .replied
        answer.replyTo = MailAddress("admin@example.org")
        let name = try #require(HeaderName("Debian-Source"))
        answer.headers = [.init(name, "hello"), .init(try #require(HeaderName("X-Slipway-Verdict")), "accepted")]
        let lines = text(answer).split(separator: "\n")
        for line in [
            "In-Reply-To: <b@x.org>", "References: <a@x.org> <b@x.org>", "Auto-Submitted: auto-replied",
            "Reply-To: admin@example.org", "Debian-Source: hello", "X-Slipway-Verdict: accepted",
        ] {
            #expect(lines.contains(Substring(line)))
        }
    }

    @Test(arguments: [
        ("Jörg Müller", "Größe: 日本語 ✓"), ("Ærø, \"Quoted\" <x>", "100 % = ? x_y=20"),
        ("Zoë", String(repeating: "ä", count: 400)), ("plain", String(repeating: "word ", count: 150) + "end"),
        (String(repeating: "n", count: 2000), String(repeating: "x", count: 900)),
    ])
    func namesAndSubjectsSurvive(_ name: String, _ subject: String) throws {
        var mail = try mail(subject: try #require(HeaderText(subject)))
        mail.from = try #require(MailAddress(name: name, address: "a@example.org"))
        mail.to = mail.from
        let bytes = mail.rendered()
        let read = try IncomingMail(parsing: bytes)
        #expect(read.from?.name == HeaderText(cleaning: name).text)
        #expect(read.subject.text == subject)
        let head = String(decoding: bytes, as: UTF8.self).split(separator: "\n\n")[0]
        #expect(head.utf8.allSatisfy { $0 < 0x80 })
        #expect(!head.contains("iso-8859"))
        #expect(head.split(separator: "\n").allSatisfy { $0.utf8.count <= 998 })
    }

    @Test(arguments: [
        NamedMail("plain", "plain\n", "7bit"), NamedMail("umlaut", "Umlaut ä\n", "8bit"),
        NamedMail("empty", "", "7bit"),
        NamedMail("no line end", "no line end", "7bit"),
        NamedMail("longest line", String(repeating: "x", count: 998) + "\n", "7bit"),
        NamedMail("line too long", String(repeating: "x", count: 999) + "\n", "quoted-printable"),
        NamedMail("long umlauts", String(repeating: "ä", count: 2000), "quoted-printable"),
        NamedMail("bell", "bell \u{7}\n", "quoted-printable"),
        NamedMail("NUL and CR", "\r\nnul \0 = end \n.\nFrom here\n", "quoted-printable"),
    ])
    func bodiesSurvive(_ row: NamedMail<String>) throws {
        let body = String(decoding: row.bytes, as: UTF8.self)
        let bytes = try mail(body: body).rendered()
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("\nContent-Transfer-Encoding: \(row.expected)\n"))
        #expect(text.utf8.split(separator: 0x0A).allSatisfy { $0.count <= 998 && !$0.contains(0) })
        let part = try #require(MimeMessage(parsing: bytes)?.body?.content)
        let sent = body.replacing("\r\n", with: "\n")
        #expect(String(decoding: part, as: UTF8.self) == (sent.isEmpty || sent.hasSuffix("\n") ? sent : sent + "\n"))
    }

    @Test(arguments: [
        "a\nb", "a\r", "\u{1B}[m", "\u{85}", "\u{2028}", "=?utf-8?q?x?=", String(repeating: "x", count: 901),
    ])
    func noHeaderTextEndsItsLine(_ text: String) {
        #expect(HeaderText(text) == nil)
        #expect(HeaderText(HeaderText(cleaning: text).text) != nil)
    }

    @Test(arguments: ["", "From", "subject", "Content-Type", "X Y", "X:", "Ä", "Bcc"])
    func isNoHeaderName(_ text: String) { #expect(HeaderName(text) == nil) }

    @Test(arguments: ["", "a", "@", "a@", "a b@c", "a@b>\nX: y", "<a@b> <c@d>", "a@b@c", "ä@b"])
    func isNoMessageID(_ text: String) { #expect(MessageID(text) == nil) }
}
