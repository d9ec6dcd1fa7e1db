/// What `Message-ID`, `In-Reply-To` and `References` hold (RFC 5322, section 3.6.4): printable ASCII with one `@`.
public struct MessageID: Hashable, Sendable, CustomStringConvertible {
    /// Without the angle brackets.
    public let text: String

    /// Takes it with or without the angle brackets.
    public init?(_ text: String) {
        let inner =
            text.hasPrefix("<") && text.hasSuffix(">") && text.count > 1 ? String(text.dropFirst().dropLast()) : text
        let parts = inner.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), inner.utf8.count <= 250 else { return nil }
        guard inner.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"<>()\",;:\\".utf8.contains($0) }) else { return nil }
        self.text = inner
    }

    /// With the angle brackets, as headers have it.
    public var description: String { "<\(text)>" }
}
