/// The form of a clearsigned text, checked before gpg sees it (RFC 4880, section 7).
///
/// gpg takes text before and after the block, headers of its own making, and packets that are no signatures; each of
/// these has been used to show one text and verify another. Here the input is one block and nothing else.
struct ClearsignedBlock {
    /// The longest input read, in bytes: a `.buildinfo` or `.changes` of a thousand files stays well below it.
    static let sizeLimit = 4 << 20
    /// In bytes: gpg cuts longer lines (at 19,995) and would check the signature over what is left.
    static let lineLimit = 19_000

    /// The text as this reader sees it; the verifier compares it with what gpg says was signed.
    let text: CanonicalText

    init(checking bytes: [UInt8]) throws(SignatureRefusal) {
        guard bytes.count <= Self.sizeLimit else { throw .tooLarge(size: bytes.count, limit: Self.sizeLimit) }
        var lines = LineCursor(bytes)
        try Self.readOpening(&lines)
        try Self.readHashHeaders(&lines)
        self.text = try Self.readText(&lines)
        try SignatureArmor.check(&lines)
        try Self.readEnd(&lines)
    }

    private static func readOpening(_ lines: inout LineCursor) throws(SignatureRefusal) {
        guard let first = lines.next() else { throw .notClearsigned }
        if first.isLine(opening) { return }
        if first.isLine("-----BEGIN PGP MESSAGE-----") { throw .signedButNotClear }
        throw lines.contains(where: { $0.isLine(opening) }) ? .textBeforeSignature : .notClearsigned
    }

    /// Only `Hash` may stand here. Anything else is not covered by the signature, yet looks like the text's first lines.
    private static func readHashHeaders(_ lines: inout LineCursor) throws(SignatureRefusal) {
        while let line = lines.next() {
            if line.trimmingBlanks().isEmpty { return }
            guard line.hasPrefix("Hash: "), line.dropFirst(6).trimmingBlanks().allSatisfy(isOfHashList) else {
                throw .damaged(
                    line: lines.number, mistake: "only \"Hash: …\" may stand between the first line and the text")
            }
        }
        throw .cutOff
    }

    private static func isOfHashList(_ byte: UInt8) -> Bool {
        Character(UnicodeScalar(byte)).isASCIIWord || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "-")
            || byte == 0x20
    }

    private static func readText(_ lines: inout LineCursor) throws(SignatureRefusal) -> CanonicalText {
        var text = CanonicalText.Building()
        while let line = lines.next() {
            if line.isLine(SignatureArmor.opening) { return text.finished() }
            guard line.count <= lineLimit else {
                throw .damaged(line: lines.number, mistake: "it is longer than \(lineLimit) bytes")
            }
            text.append(try unescaped(line, number: lines.number))
        }
        throw .cutOff
    }

    private static func unescaped(_ line: ArraySlice<UInt8>, number: Int) throws(SignatureRefusal) -> ArraySlice<UInt8>
    {
        guard line.first == UInt8(ascii: "-") else { return line }
        if line.hasPrefix("- ") { return line.dropFirst(2) }
        if line.isLine(opening) { throw .severalSignedBlocks }
        throw .damaged(line: number, mistake: "it begins with a dash that is not escaped")
    }

    private static func readEnd(_ lines: inout LineCursor) throws(SignatureRefusal) {
        guard lines.contains(where: { !$0.trimmingBlanks().isEmpty }) else { return }
        throw lines.contains(where: { $0.isLine(opening) }) ? .severalSignedBlocks : .textAfterSignature
    }

    private static let opening: StaticString = "-----BEGIN PGP SIGNED MESSAGE-----"
}
