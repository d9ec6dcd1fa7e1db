import Testing

@testable import MailFormat

@Suite struct HostileMailTests {
    private static func nested(_ levels: Int) -> String {
        (0..<levels).reduce(into: "Content-Type: multipart/mixed; boundary=b0\n\n") { mail, level in
            mail += "--b\(level)\nContent-Type: multipart/mixed; boundary=b\(level + 1)\n\n"
        }
    }

    private static func parts(_ count: Int) -> String {
        "Content-Type: multipart/mixed; boundary=b\n\n" + String(repeating: "--b\n\nx\n", count: count) + "--b--\n"
    }

    private static let groups = String(repeating: "a:", count: 300_000)
    private static let folded = String(repeating: "a:b@c\n ,", count: 900)

    private static let refused: [NamedMail<MailMistake>] = [
        .init("empty", "", .notAMail), .init("two line ends", "\n\n", .notAMail),
        .init("no header at all", "hello", .notAMail),
        .init(
            "a byte too long", String(repeating: "x", count: 1 << 20 + 1),
            .tooLarge(size: 1 << 20 + 1, limit: 1 << 20)),
        .init("1001 headers", String(repeating: "a: b\n", count: 1001), .tooManyHeaders(limit: 1000)),
        .init("101 parts", parts(100), .tooManyParts(limit: 100)),
        .init("100,001 parts", parts(100_000), .tooManyParts(limit: 100)),
        .init("11 deep", nested(11), .tooDeep(limit: 10)), .init("900 deep", nested(900), .tooDeep(limit: 10)),
        .init("15,000 deep", nested(15_000), .tooManyParts(limit: 100)),
        .init(
            "30,000 mails in mails", String(repeating: "Content-Type: message/rfc822\n\n", count: 30_000),
            .tooDeep(limit: 10)),
        .init("groups in groups", "From: \(groups)\n\n", .brokenHeader("from")),
        .init("folded groups", "Subject: x\nReply-TO : a\n \(folded)\n\n", .brokenHeader("reply-to")),
        .init("groups in an inner mail", "Content-Type: message/rfc822\n\nTo: \(groups)\n\n", .brokenHeader("to")),
    ]

    @Test(arguments: refused)
    func isRefused(_ mail: NamedMail<MailMistake>) {
        #expect(throws: mail.expected) { try IncomingMail(parsing: mail.bytes) }
    }

    private static let harmless: [NamedMail<Int>] = [
        .init("9 deep", nested(9), 0), .init("99 parts", parts(98), 0),
        .init("a folded subject", "Subject: x\n" + String(repeating: " y\n", count: 900), 0),
        .init("open comments", "From: " + String(repeating: "(", count: 500_000), 0),
        .init("100,000 addresses", "From: " + String(repeating: "a@b, ", count: 100_000), 0),
        .init("encoded words", "Subject: " + String(repeating: "=?utf-8?q?a?= ", count: 50_000), 0),
        .init("a parameter in pieces", "Content-Type: text/plain" + (0..<50_000).map { "; a*\($0)=b" }.joined(), 0),
        .init("an empty boundary", "Content-Type: multipart/signed; boundary=\"\"\n\n--\n\nx\n--\n", 0),
        .init("no boundary", "Content-Type: multipart/mixed\n\n--\n", 0),
    ]

    @Test(arguments: harmless)
    func isReadInBounds(_ mail: NamedMail<Int>) throws {
        #expect(try IncomingMail(parsing: mail.bytes).signedParts.count == mail.expected)
    }

    /// Every mail cut off and with bytes changed is read or refused; a crash would end the tests.
    @Test func nothingCrashes() {
        var random = SplitMix(state: 2)
        let mail = Array(
            """
            From: =?utf-8?q?J=C3=B6rg?= <a@b.org>, g: c@d.org;\nSubject: x\nContent-Type: multipart/mixed; boundary="b"

            --b\nContent-Type: multipart/signed; boundary=c\n\n--c\n\nx\n--c\nContent-Type: application/pgp-signature\n\ny\n--c--
            --b\nContent-Type: text/plain; charset*0=u; charset*1=tf-8\nContent-Transfer-Encoding: base64\n\neA==\n--b--\n
            """.utf8)
        for _ in 0..<5000 {
            var changed = Array(mail.prefix(Int.random(in: 1...mail.count, using: &random)))
            for _ in 0..<Int.random(in: 0...8, using: &random) {
                changed[Int.random(in: 0..<changed.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            _ = try? IncomingMail(parsing: changed)
            _ = try? SignedContent.text(ofVerifiedPart: changed)
        }
    }
}

/// A mail too long to be shown, and what is expected of it.
struct NamedMail<Expected: Sendable>: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let bytes: [UInt8]
    let expected: Expected

    init(_ name: String, _ text: String, _ expected: Expected) {
        (testDescription, bytes, self.expected) = (name, Array(text.utf8), expected)
    }
}

/// The same numbers every time, so that a failure can be repeated.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
