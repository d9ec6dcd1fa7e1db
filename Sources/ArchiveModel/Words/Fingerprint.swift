/// An OpenPGP key's fingerprint: 40 (version 4) or 64 (version 5, 6) upper-case hexadecimal digits.
public struct Fingerprint: Hashable, Sendable, TextCoded {
    public let text: String

    /// Takes either case and the blanks people group the digits with.
    public init?(_ text: String) {
        let digits = text.utf8.filter { $0 != UInt8(ascii: " ") }
        guard digits.count == 40 || digits.count == 64, digits.allSatisfy(Self.isHex) else { return nil }
        self.text = String(decoding: digits, as: UTF8.self).uppercased()
    }

    public var description: String { text }

    private static func isHex(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "F"),
            UInt8(ascii: "a")...UInt8(ascii: "f"):
            true
        default: false
        }
    }
}
