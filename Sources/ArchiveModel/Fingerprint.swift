/// An OpenPGP key's fingerprint: 40 (version 4) or 64 (version 5, 6) upper-case hexadecimal digits.
public struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    /// Takes either case and the blanks people group the digits with.
    public init?(_ text: String) {
        let digits = text.filter { $0 != " " }.uppercased()
        guard digits.utf8.count == 40 || digits.utf8.count == 64, digits.utf8.allSatisfy(Self.isHex) else { return nil }
        self.text = digits
    }

    public var description: String { text }

    private static func isHex(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte)
    }
}

extension Fingerprint: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let fingerprint = Fingerprint(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a fingerprint")
        }
        self = fingerprint
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
