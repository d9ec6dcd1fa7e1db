/// The name of a header beyond those `OutgoingMail` writes itself: `Debian-Source`, `X-Slipway-Verdict`.
public struct HeaderName: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    /// `nil` unless it is letters, digits and dashes, at most 76 of them, and not the name of a header that mail itself
    /// needs.
    public init?(_ text: String) {
        guard (1...76).contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed) else { return nil }
        let lower = text.lowercased()
        guard !Self.reserved.contains(lower), !lower.hasPrefix("content-"), !lower.hasPrefix("resent-") else {
            return nil
        }
        self.text = text
    }

    public var description: String { text }

    private static let reserved: Set<String> = [
        "from", "sender", "reply-to", "to", "cc", "bcc", "subject", "date", "message-id", "in-reply-to", "references",
        "mime-version", "auto-submitted", "return-path", "received",
    ]

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
