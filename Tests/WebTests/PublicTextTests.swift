import Testing

@testable import Web

struct PublicTextTests {
    @Test(arguments: [
        ("Alice <alice@example.org>", "Alice <alice@…>"), ("ask a.b+c@d-e.example.org.", "ask a.b+c@…."),
        ("a@b.org,c@d.org", "a@…,c@…"), ("a@b@c.org", "a@b@…"), ("é@exämple.org", "é@…"),
        ("root@localhost", "root@localhost"), ("@example.org", "@example.org"), ("a @ b.org", "a @ b.org"),
        ("a@.", "a@."), ("a@", "a@"), ("@", "@"), ("", ""), ("no address", "no address"),
    ])
    func addressesAreCut(_ text: String, _ shown: String) {
        #expect(PublicText.hidingAddresses(text) == shown)
    }

    /// Pages are made for anybody, as often as anybody asks.
    @Test(
        .timeLimit(.minutes(10)),
        arguments: [
            String(repeating: "a", count: 1 << 17), String(repeating: "a@", count: 1 << 16),
            "a@" + String(repeating: "b.", count: 1 << 16), String(repeating: "a@b.", count: 1 << 15),
        ])
    func longWordsTakeNoTime(_ text: String) {
        #expect(PublicText.hidingAddresses(text).utf8.count <= text.utf8.count)
    }
}
