/// The name of a source or binary package (Policy 5.6.1, 5.6.7): two or more of lower-case letters, digits, `+`, `-`
/// and `.`, the first a letter or digit.
public struct PackageName: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let description: String

    /// In bytes. Leaves room for version and architecture in the 255 bytes of a file name.
    public static let lengthLimit = 200

    public init?(_ text: some StringProtocol) {
        guard 2...Self.lengthLimit ~= text.utf8.count, text.utf8.first?.isLowerAlphanumeric == true,
            text.utf8.allSatisfy(Self.isAllowed)
        else { return nil }
        description = String(text)
    }

    /// The folder of the pool its source lies in: `h`, or `libx` for a library.
    public var poolPrefix: String {
        let isLibrary = description.utf8.count > 3 && description.utf8.starts(with: "lib".utf8)
        return String(decoding: description.utf8.prefix(isLibrary ? 4 : 1), as: UTF8.self)
    }

    public static func < (a: Self, b: Self) -> Bool { a.description < b.description }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        byte.isLowerAlphanumeric || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }
}
