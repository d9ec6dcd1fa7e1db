import Testing

@testable import OpenPGP

/// The form alone: what is refused before gpg sees it.
@Suite struct ClearsignedBlockTests {
    /// A packet that says it is a signature of two bytes.
    private static let signature = "iAIAAA=="

    private static func block(
        hash: String = "Hash: SHA512\n\n", text: String = "a: b\n", armor: String = "\n", body: String = signature
    ) -> String {
        """
        -----BEGIN PGP SIGNED MESSAGE-----
        \(hash)\(text)-----BEGIN PGP SIGNATURE-----
        \(armor)\(body)
        =twTO
        -----END PGP SIGNATURE-----

        """
    }

    private static func refusal(of text: String) -> SignatureRefusal? {
        do {
            _ = try ClearsignedBlock(checking: Array(text.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        block(), block() + "\n \t\n", block(hash: "\n"), block(hash: "Hash: SHA512, SHA3-256\nHash: SHA1\n\n"),
        block(text: ""), block(text: "- -----BEGIN PGP SIGNED MESSAGE-----\n- - x\n"),
        block(armor: "Version: GnuPG v2\nComment: https://example.org/: x\n\n"), block(body: "iAIAA\nA=="),
        block().replacing("\n", with: "\r\n"), String(block().dropLast()),
    ])
    func isTaken(_ text: String) { #expect(Self.refusal(of: text) == nil) }

    @Test func undoesTheDashEscaping() throws {
        let block = try ClearsignedBlock(checking: Array(Self.block(text: "- -a \nb\t\r\n\n- - c\n\n").utf8))
        #expect(String(decoding: block.text.bytes, as: UTF8.self) == "-a\nb\n\n- c\n")
    }

    /// Shown by its name: some texts have millions of lines.
    struct Row: CustomTestStringConvertible {
        let what, text, code: String
        var testDescription: String { what }

        init(_ what: String, _ text: String, _ code: String) {
            (self.what, self.text, self.code) = (what, text, code)
        }
    }

    @Test(arguments: [
        Row("NotDashEscaped", block(hash: "NotDashEscaped: yes\n\n"), "signature-damaged"),
        Row("a text line where only Hash may be", block(hash: "Source: evil\nHash: SHA512\n\n"), "signature-damaged"),
        Row("a text line behind Hash", block(hash: "Hash: SHA512\u{B}Source: evil\n\n"), "signature-damaged"),
        Row("a dash not escaped", block(text: "-a\n"), "signature-damaged"),
        Row("a block in the block", block(text: block()), "several-signed-blocks"),
        Row("a long line", block(text: String(repeating: "x", count: 19_001) + "\n"), "signature-damaged"),
        Row("armor without blank line", block(armor: ""), "signature-damaged"),
        Row("not base64", block(body: "iAI*AA=="), "signature-damaged"),
        Row("half base64", block(body: "iAIAA"), "signature-damaged"),
        Row("text after the checksum", block().replacing("=twTO\n", with: "=twTO\niAIA\n"), "signature-damaged"),
        Row("no packet", block(body: ""), "signature-damaged"),
        Row("a packet cut short", block(body: "iAIA"), "signature-damaged"),
        Row("a compressed packet", block(body: "owIAAA=="), "signature-damaged"),
        Row("a literal packet behind the signature", block(body: "iAIAAKwBAA=="), "signature-damaged"),
        Row("two packets", block(body: "iAIAAIgCAAA="), "several-signatures"),
        Row("a huge signature", block(body: String(repeating: "iAIA", count: 5000)), "signed-text-too-large"),
        Row("a huge text", block(text: String(repeating: "x\n", count: 3 << 20)), "signed-text-too-large"),
        Row("cut off in the headers", "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n", "signature-cut-off"),
        Row("cut off in the text", "-----BEGIN PGP SIGNED MESSAGE-----\n\na: b\n", "signature-cut-off"),
        Row("cut off in the signature", String(block().dropLast(40)), "signature-cut-off"),
        Row("the second block hidden behind text", block() + "x\n" + block(), "several-signed-blocks"),
    ])
    func isRefused(_ row: Row) {
        #expect(Self.refusal(of: row.text)?.code == row.code)
    }

    @Test func anyPrefixIsRefusedAndNoneCrashes() {
        let whole = Self.block()
        for length in 0..<(whole.utf8.count - 1) {
            #expect(Self.refusal(of: String(decoding: whole.utf8.prefix(length), as: UTF8.self)) != nil)
        }
    }
}
