import ArchiveModel
import Testing

@testable import MailFormat

@Suite struct IncomingMailTests {
    static let block = """
        -----BEGIN PGP SIGNED MESSAGE-----
        Hash: SHA512

        Archive: ppa.example.org
        -----BEGIN PGP SIGNATURE-----

        iAIAAA==
        -----END PGP SIGNATURE-----

        """

    private func read(_ text: String) throws -> IncomingMail { try IncomingMail(parsing: Array(text.utf8)) }

    private func blocks(_ text: String) throws -> [String] {
        try read(text).signedParts.map { part in
            guard case .clearsigned(let bytes) = part else { return "pgp/mime" }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    @Test func theHeadersAreRead() throws {
        let mail = try read(
            """
            Return-Path: <>
            From: =?utf-8?q?J=C3=B6rg?= <joerg@example.org>, other@example.org
            Subject: =?utf-8?b?w6Q=?= and
             more
            Message-ID: <1@example.org>
            Auto-Submitted: Auto-Replied (vacation); x=y
            Precedence: BULK

            text
            """)
        #expect(mail.from == MailAddress(name: "Jörg", address: "joerg@example.org"))
        #expect(mail.subject.text == "ä and more")
        #expect(mail.messageID == MessageID("1@example.org"))
        #expect(mail.autoSubmitted == "auto-replied")
        #expect(mail.precedence == "bulk")
        #expect(mail.returnPathIsNull && mail.isAutomatic && !mail.isEncrypted && mail.signedParts.isEmpty)
    }

    @Test(arguments: [
        ("", false), ("Auto-Submitted: no\n", false), ("Auto-Submitted: auto-generated\n", true),
        ("Precedence: list\n", true), ("Precedence: first-class\n", false), ("Return-Path: <a@b.org>\n", false),
        ("Return-Path: <>\n", true), ("Return-Path: <MAILER-DAEMON>\n", true),
    ])
    func knowsWhatAProgramSent(_ header: String, _ isAutomatic: Bool) throws {
        #expect(try read("Subject: x\n\(header)\ntext\n").isAutomatic == isAutomatic)
    }

    @Test(arguments: [
        "Subject: x\n\n\(block)",
        "Subject: x\n\nDear archive,\n\n\(block)-- \nAlice\n",
        "Content-Type: text/plain; charset=utf-8\n\n\(block)".replacing("\n", with: "\r\n"),
        "Content-Transfer-Encoding: quoted-printable\n\n\(block.replacing("=", with: "=3D").replacing("ppa", with: "p=\npa"))",
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n\(block)\n--b\nContent-Type: text/plain\n\n___\nlist footer\n--b--\n",
        "Content-Type: message/rfc822\n\nSubject: forwarded\n\n\(block)",
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nplease do\n--b\nContent-Type: message/rfc822\n\nSubject: x\n\n\(block)\n--b--\n",
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n\(block)\n--b\nContent-Type: message/rfc822\n\nSubject: old\n\n\(block)\n--b--\n",
    ])
    func findsTheClearsignedBlock(_ mail: String) throws {
        #expect(try blocks(mail).map { $0.replacing("\r\n", with: "\n") } == [Self.block])
    }

    @Test func findsEachBlock() throws {
        #expect(try blocks("Subject: x\n\n\(Self.block)\n\(Self.block)cut off:\n\(Self.block.dropLast(20))").count == 2)
    }

    @Test(arguments: [
        "Content-Type: text/html\n\n\(block)", "Subject: x\n\nnothing\n",
        "Content-Type: multipart/signed; boundary=b\n\n--b\n\n\(block)\n--b--\n",
        "Content-Type: multipart/signed; boundary=b\n\n--b\n\nx\n--b\nContent-Type: application/pkcs7-signature\n\nx\n--b--\n",
    ])
    func findsNothingSignedHere(_ mail: String) throws { #expect(try read(mail).signedParts.isEmpty) }

    @Test(arguments: [
        "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b--\n",
        "Subject: x\n\n-----BEGIN PGP MESSAGE-----\n\nx\n",
    ])
    func saysWhatIsEncrypted(_ mail: String) throws { #expect(try read(mail).isEncrypted) }
}
