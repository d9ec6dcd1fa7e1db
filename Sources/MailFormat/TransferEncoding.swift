/// How a body travels (RFC 2045, section 6).
enum TransferEncoding {
    case sevenBit
    case eightBit
    case quotedPrintable

    /// As it is where lines and characters allow it, so that people can read the mail's source.
    init(for body: [UInt8], inEightBits: Bool) {
        let isPlain = body.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 || $0 == 0x0A }
        let longest = body.split(separator: 0x0A).map(\.count).max() ?? 0
        let isASCII = body.allSatisfy { $0 < 0x80 }
        if !isPlain || longest > 998 || !isASCII && !inEightBits {
            self = .quotedPrintable
        } else {
            self = isASCII ? .sevenBit : .eightBit
        }
    }
}
