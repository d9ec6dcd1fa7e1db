import ArchiveModel
import Testing

@Suite struct NameTests {
    @Test(arguments: ["alice", "a", "ppa-tools", "g++", "0ad", "bookworm-backports", "x.y"])
    func takes(_ text: String) { #expect(OwnerName(text)?.text == text) }

    @Test(arguments: [
        "", "Alice", "-a", ".a", "+a", "a/b", "a b", "a\n", "ä", "a_b", String(repeating: "a", count: 65),
    ])
    func refuses(_ text: String) { #expect(OwnerName(text) == nil) }

    @Test(arguments: ["debian", "~alice/debian/tools"])
    func referenceIsItsText(_ text: String) { #expect(ArchiveReference(text)?.description == text) }

    @Test(arguments: [
        "", "~alice", "~alice/debian", "alice/debian/tools", "~alice/debian/tools/x", "~/debian/tools", "debian/",
    ])
    func isNoReference(_ text: String) { #expect(ArchiveReference(text) == nil) }

    @Test func fingerprintTakesGroupsAndEitherCase() {
        let digits = "0123456789abcdef0123456789ABCDEF01234567"
        let grouped = "0123 4567 89AB CDEF 0123  4567 89AB CDEF 0123 4567"
        #expect(Fingerprint(digits) == Fingerprint(grouped))
        #expect(Fingerprint(digits)?.text == digits.uppercased())
    }

    @Test(arguments: [
        "", "0123", "0123456789abcdef0123456789abcdef0123456g", "0123456789abcdef0123456789abcdef012345678",
    ])
    func isNoFingerprint(_ text: String) { #expect(Fingerprint(text) == nil) }
}

@Suite struct MailAddressTests {
    struct Row: CustomTestStringConvertible {
        let text: String
        let name: String?
        let address: String
        var testDescription: String { text }
    }

    @Test(arguments: [
        Row(text: "alice@example.org", name: nil, address: "alice@example.org"),
        Row(text: "Alice <alice@example.org>", name: "Alice", address: "alice@example.org"),
        Row(text: "\"Alice, A.\" <a.b+c@example.org>", name: "Alice, A.", address: "a.b+c@example.org"),
        Row(text: "Ålice Ö <alice@example.org>", name: "Ålice Ö", address: "alice@example.org"),
    ])
    func reads(_ row: Row) {
        let address = MailAddress(row.text)
        #expect(address?.name == row.name)
        #expect(address?.address == row.address)
    }

    @Test(arguments: [
        "", "alice", "@", "a@", "@b", "a@b@c", "a b@c.org", "a@b\r\nBcc: x@y", "A\r\nBcc: x <a@b.org>", "a@b.org>",
        "<a@b.org",
        "a@.org", ".a@b.org", "a,b@c.org", "A\u{7F} <a@b.org>",
    ])
    func refuses(_ text: String) { #expect(MailAddress(text) == nil) }
}

@Suite struct VerdictSocketTests {
    static let requests: [VerdictSocket.Request] = [
        .target(path: "~alice/debian"), .judge(session: "s", directory: "~a/debian", file: "a.changes"),
        .landed(session: "s"),
    ]
    static let replies: [VerdictSocket.Reply] = [
        .target(.valid), .target(.partial), .target(.refused("no \"x\"\nhere")), .noted,
        .verdict(.init(outcome: .rejected, lines: ["ä", "b"])),
    ]

    @Test(arguments: requests) func requestIsOneLine(_ request: VerdictSocket.Request) throws {
        let line = try VerdictSocket.line(request)
        #expect(line.filter { $0 == 10 }.count == 1 && line.last == 10)
        #expect(try VerdictSocket.message(VerdictSocket.Request.self, from: line) == request)
    }

    @Test(arguments: replies) func replyIsOneLine(_ reply: VerdictSocket.Reply) throws {
        let line = try VerdictSocket.line(reply)
        #expect(line.filter { $0 == 10 }.count == 1 && line.last == 10)
        #expect(try VerdictSocket.message(VerdictSocket.Reply.self, from: line) == reply)
    }
}
