/// From where a client came, as the door it used says: an IPv4 or IPv6 address.
public struct ClientAddress: Hashable, Sendable, TextCoded {
    public let description: String

    /// Kept beside a session's files under this name, which no client may give a file.
    public static let fileName = ".client"
    /// In bytes: `INET6_ADDRSTRLEN` without its zero.
    public static let longest = 45

    /// `nil` for what has other characters than addresses have, or is too long for one.
    public init?(_ text: String) {
        guard (2...Self.longest).contains(text.utf8.count), text.utf8.allSatisfy(Self.isOfAddress) else { return nil }
        description = text
    }

    private static func isOfAddress(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "."), UInt8(ascii: ":"):
            true
        default: false
        }
    }
}
