import ArchiveModel
import Testing

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
        Row(text: "  <alice@example.org>", name: nil, address: "alice@example.org"),
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
        "a@.org", ".a@b.org", "a,b@c.org", "A\u{7F} <a@b.org>", "A\u{85}B <a@b.org>", "A\u{2028}B <a@b.org>",
        "a..b@c.org",
    ])
    func refuses(_ text: String) { #expect(MailAddress(text) == nil) }
}
