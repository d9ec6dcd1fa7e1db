/// One component of a request's path, decoded: a name that cannot lead anywhere else.
///
/// Letters, digits and `- _ + ~ . :` are all that archives, pages and session names need. A dot in front (`..`, hidden
/// files) is refused, and with it every encoded slash, NUL and blank.
struct PathComponent: Hashable {
    let text: String

    /// May be empty; the caller knows where that is allowed.
    init?(encoded: some Sequence<UInt8>) {
        guard let bytes = Self.decoded(encoded), bytes.first != UInt8(ascii: "."), bytes.allSatisfy(Self.isAllowed)
        else {
            return nil
        }
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// Percent-decoding, once (RFC 3986, section 2.1). A `+` is a plus.
    private static func decoded(_ encoded: some Sequence<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = encoded.makeIterator()
        while let byte = rest.next() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.next().flatMap(digit), let low = rest.next().flatMap(digit) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "-_+~.:".utf8.contains(byte)
        }
    }
}
