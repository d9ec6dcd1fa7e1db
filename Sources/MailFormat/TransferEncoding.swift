/// How a body travels (RFC 2045, section 6).
enum TransferEncoding {
    case sevenBit
    case eightBit
    case quotedPrintable

    /// As it is where lines and characters allow it, so that people can read the mail's source.
    init(for body: [UInt8]) {
        let isPlain = body.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 || $0 == 0x0A }
        let longest = body.split(separator: 0x0A).map(\.count).max() ?? 0
        if !isPlain || longest > 998 {
            self = .quotedPrintable
        } else {
            self = body.allSatisfy { $0 < 0x80 } ? .sevenBit : .eightBit
        }
    }
}
