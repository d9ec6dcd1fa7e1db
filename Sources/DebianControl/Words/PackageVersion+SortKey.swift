/// How Policy's order becomes an order of bytes.
///
/// Policy 5.6.12 compares two versions part by part, a run of other characters and then a number, and so on. In a run
/// a tilde sorts before the end of the run, letters after it, everything else after the letters. So the key holds, for
/// the epoch, the upstream version and the revision in turn:
/// - each character of a run as one byte that sorts so, and `endOfRun` behind them;
/// - each number as the count of its digits (zeros in front do not count), then the digits;
/// - `endOfRun` once more at the end, where a longer version would have the first character of its next run.
extension PackageVersion {
    private static let tilde: UInt8 = 0x01
    private static let endOfRun: UInt8 = 0x02

    static func sortKey(epoch: Int, upstream: String, revision: String) -> [UInt8] {
        var key: [UInt8] = []
        key.reserveCapacity(2 * (upstream.utf8.count + revision.utf8.count) + 12)
        appendNumber(String(epoch).utf8[...], to: &key)
        appendPart(upstream, to: &key)
        appendPart(revision, to: &key)
        return key
    }

    private static func appendPart(_ part: String, to key: inout [UInt8]) {
        var rest = part.utf8[...]
        repeat {
            let run = rest.prefix { !$0.isDigit }
            key.append(contentsOf: run.lazy.map(weight))
            key.append(endOfRun)
            let number = rest.dropFirst(run.count).prefix(while: \.isDigit)
            appendNumber(number, to: &key)
            rest = rest[number.endIndex...]
        } while !rest.isEmpty
        key.append(endOfRun)
    }

    /// Letters keep their ASCII order, everything else comes after them.
    private static func weight(_ byte: UInt8) -> UInt8 {
        if byte == UInt8(ascii: "~") { return tilde }
        return byte.isLetter ? byte : byte | 0x80
    }

    /// A number of any length: its count of digits is written in base 255, whole 255s first, so that more digits sort
    /// higher.
    private static func appendNumber(_ digits: Substring.UTF8View, to key: inout [UInt8]) {
        let significant = digits.drop { $0 == UInt8(ascii: "0") }
        let count = significant.count
        key.append(contentsOf: repeatElement(0xFF, count: count / 255))
        key.append(UInt8(count % 255))
        key.append(contentsOf: significant)
    }
}
