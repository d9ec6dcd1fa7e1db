/// Cuts a part out of a mail's bytes (RFC 2046, section 5.1.1).
enum BoundaryCut {
    /// What stands between the first two boundary lines, with CRLF line ends. The line end before a boundary belongs to
    /// the boundary. `nil` when there are no two.
    ///
    /// Should the same boundary stand elsewhere in the mail, other bytes are cut, and their signature is bad.
    static func firstPart(of mail: [UInt8], boundary: String) -> [UInt8]? {
        let opening = Array("--\(boundary)".utf8)
        var lines: [ArraySlice<UInt8>]?
        for line in mail.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            if isBoundary(text, opening) {
                guard let lines else {
                    lines = []
                    continue
                }
                return Array(lines.joined(separator: [0x0D, 0x0A]))
            }
            lines?.append(text)
        }
        return nil
    }

    /// Blanks may follow the boundary, and `--` at the last one.
    private static func isBoundary(_ line: ArraySlice<UInt8>, _ opening: [UInt8]) -> Bool {
        guard line.starts(with: opening) else { return false }
        var rest = line.dropFirst(opening.count)
        if rest.starts(with: "--".utf8) { rest = rest.dropFirst(2) }
        return rest.allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }
}
