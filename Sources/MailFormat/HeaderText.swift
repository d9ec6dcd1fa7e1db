/// What stands behind the colon of a header that people read: one line of Unicode without any control character, so
/// that it cannot begin a header of its own.
public struct HeaderText: Hashable, Sendable, CustomStringConvertible {
    /// In bytes of UTF-8: even a word of this length without a blank stays within a line of a mail (998 bytes, RFC 5322,
    /// section 2.1.1).
    public static let longest = 900

    public let text: String

    /// `nil` for a control character (CR, LF, NUL, …), more than `longest` bytes, or `=?`, which readers take for the
    /// beginning of an encoded word (RFC 2047).
    public init?(_ text: String) {
        guard text.utf8.count <= Self.longest, !text.contains(Self.encodedWord) else { return nil }
        guard !text.unicodeScalars.contains(where: Self.isControl) else { return nil }
        self.text = text
    }

    /// Puts blanks for control characters and into `=?`, and cuts off what is too long: for words of strangers, such as the name of
    /// an upload's file.
    public init(cleaning text: String) {
        var clean = String.UnicodeScalarView()
        var size = 0
        for scalar in text.replacing(Self.encodedWord, with: "= ?").unicodeScalars {
            let scalar = Self.isControl(scalar) ? " " : scalar
            size += UTF8.width(scalar)
            guard size <= Self.longest else { break }
            clean.append(scalar)
        }
        self.text = String(clean)
    }

    public var description: String { text }

    private static let encodedWord = "=?"

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        [.control, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
    }
}

extension HeaderText: ExpressibleByStringLiteral {
    /// For words of our own source.
    public init(stringLiteral text: StaticString) { self.init(cleaning: text.description) }
}
