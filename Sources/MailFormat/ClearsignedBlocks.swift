/// Finds clearsigned blocks among other text: a greeting before, a mailing list's footer behind.
///
/// What stands around a block is thrown away here, so it can be mistaken for signed by nobody. Whether the block is in
/// order is the verifier's to say.
enum ClearsignedBlocks {
    static func all(in text: [UInt8]) -> [[UInt8]] {
        var blocks: [[UInt8]] = []
        var block: [UInt8]?
        for line in lines(of: text) {
            if isLine(line, "-----BEGIN PGP SIGNED MESSAGE-----"), block == nil { block = [] }
            guard block != nil else { continue }
            block?.append(contentsOf: line)
            block?.append(UInt8(ascii: "\n"))
            if isLine(line, "-----END PGP SIGNATURE-----"), let whole = block {
                blocks.append(whole)
                block = nil
            }
        }
        return blocks
    }

    static func hasEncrypted(_ text: [UInt8]) -> Bool {
        lines(of: text).contains { isLine($0, "-----BEGIN PGP MESSAGE-----") }
    }

    private static func lines(of text: [UInt8]) -> [ArraySlice<UInt8>] {
        text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    }

    private static func isLine(_ line: ArraySlice<UInt8>, _ text: String) -> Bool {
        line.starts(with: text.utf8)
            && line.dropFirst(text.utf8.count).allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    }
}
