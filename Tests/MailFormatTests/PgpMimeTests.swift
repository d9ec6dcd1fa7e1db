import Foundation
import Testing

@testable import MailFormat

/// Signed by the real gpg, as a mail program does it, and carried by a mail.
@Suite final class PgpMimeTests {
    private let home: String

    init() throws {
        home = FileManager.default.temporaryDirectory.path + "/slipway-mail-\(UInt32.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(
            atPath: home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try gpg("--passphrase", "", "--quick-gen-key", "a@example.org", "ed25519", "sign", "never")
    }

    deinit { try? FileManager.default.removeItem(atPath: home) }

    private func gpg(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/gpg")
        process.arguments =
            ["--homedir", home, "--batch", "--yes", "--quiet", "--pinentry-mode", "loopback"] + arguments
        process.standardError = nil
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    private func write(_ bytes: some Sequence<UInt8>, _ name: String) throws {
        try Data(bytes).write(to: URL(filePath: "\(home)/\(name)"))
    }

    /// A mail with `content` signed in it, its lines ended as `lineEnd` says.
    private func mail(_ content: String, lineEnd: String, footer: Bool) throws -> [UInt8] {
        try write(content.replacing("\n", with: "\r\n").utf8, "content")
        try gpg("--armor", "--detach-sign", "\(home)/content")
        let signature = try String(contentsOfFile: "\(home)/content.asc", encoding: .utf8)
        let signed =
            "Content-Type: multipart/signed; micalg=pgp-sha512; protocol=\"application/pgp-signature\"; boundary=\"=-s\"\n\n"
            + "--=-s\n\(content)\n--=-s\nContent-Type: application/pgp-signature\n\n\(signature)\n--=-s--\n"
        let list = "Content-Type: multipart/mixed; boundary=list\n\n--list\n\(signed)\n--list\n\nfooter\n--list--\n"
        return Array("Subject: x\n\(footer ? list : signed)".replacing("\n", with: lineEnd).utf8)
    }

    private static let contents = [
        ("Content-Type: text/plain\n\nArchive: x\n\nAction: y \n", "Archive: x\n\nAction: y \n"),
        (
            "content-type:  text/plain;\n  charset=\"utf-8\"\nContent-Transfer-Encoding: quoted-printable\n\nN: =C3=A4=\nb\n",
            "N: äb\n"
        ),
        ("Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: base64\n\nTjog5Ao=\n", "N: ä\n"),
        (
            "Content-Type: multipart/mixed; boundary=i\n\n--i\nContent-Type: text/html\n\n<p>\n--i\n\nA: b\n--i--\n",
            "A: b"
        ),
    ]

    @Test(arguments: contents, [("\n", false), ("\r\n", true)])
    func theSignedBytesAreTheOnesThatWereSigned(
        _ content: (source: String, text: String), _ form: (lineEnd: String, footer: Bool)
    ) throws {
        let mail = try IncomingMail(parsing: try mail(content.source, lineEnd: form.lineEnd, footer: form.footer))
        guard case .pgpMime(let signature, let signed) = try #require(mail.signedParts.first) else {
            Issue.record("not PGP/MIME")
            return
        }
        try write(signed, "found")
        try write(signature, "found.asc")
        try gpg("--verify", "\(home)/found.asc", "\(home)/found")
        #expect(try SignedContent.text(ofVerifiedPart: signed) == content.text)
        #expect(mail.signedParts.count == 1)
    }

    @Test(arguments: [
        ("Content-Type: text/html\r\n\r\nx", MailMistake.noText),
        (
            "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n5A==",
            .undecodableText(charset: "utf-8")
        ),
        ("", .noText),
    ])
    func aPartWithoutReadableTextIsAnError(_ part: String, _ mistake: MailMistake) {
        #expect(throws: mistake) { try SignedContent.text(ofVerifiedPart: Array(part.utf8)) }
    }
}
