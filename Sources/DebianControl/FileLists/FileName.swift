/// A name that is safe to use beneath a folder and in a shell word: ASCII letters, digits and `_ - + ~ .`, the first
/// a letter or digit, 255 bytes at most. It has no slash and is never `..`.
public struct FileName: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let description: String

    /// In bytes: what Linux file systems take.
    public static let lengthLimit = 255

    public init?(_ text: some StringProtocol) {
        guard 1...Self.lengthLimit ~= text.utf8.count, text.utf8.first?.isAlphanumeric == true,
            text.utf8.allSatisfy(Self.isAllowed)
        else { return nil }
        description = String(text)
    }

    public static func < (a: Self, b: Self) -> Bool { a.description < b.description }

    static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "~"), UInt8(ascii: "."): true
        default: byte.isAlphanumeric
        }
    }
}
