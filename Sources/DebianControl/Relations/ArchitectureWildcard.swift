/// A word that stands for one architecture or many: `amd64`, `any`, `linux-any`, `any-amd64`, `musl-any-any`
/// (Policy 11.1, dpkg-architecture(1) "Architecture wildcards").
public struct ArchitectureWildcard: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let description: String

    /// In bytes; the longest real one, `uclibc-linux-armel`, has 18.
    static let lengthLimit = 64

    public init?(_ text: some StringProtocol) {
        guard Self.isWord(text), !Self.isWildcard(text) || text.utf8.split(separator: Self.hyphen).count <= 4 else {
            return nil
        }
        description = String(text)
    }

    public init(_ architecture: Architecture) { description = architecture.description }

    /// Says what `dpkg-architecture -a … -i …` says, except that `all` and `source`, which are no machines, match
    /// nothing but themselves.
    public func matches(_ architecture: Architecture) -> Bool {
        if description == architecture.description { return true }
        if architecture.isAll || architecture.isSource { return false }
        if description == "any" { return true }
        guard let real = ArchitectureTuple(of: architecture.description), let wanted = pattern else { return false }
        return zip(wanted, real.parts).allSatisfy { $0 == "any" || $0 == $1 }
    }

    /// Whether it is one of `any`, `os-any` and so on.
    public var isWildcard: Bool { Self.isWildcard(description) }

    public static func < (a: Self, b: Self) -> Bool { a.description < b.description }

    /// ABI, libc, system and CPU; what is left out in front is `any`.
    private var pattern: [Substring]? {
        guard isWildcard else { return ArchitectureTuple(of: description)?.parts.map { Substring($0) } }
        let parts = description.split(separator: "-")
        if parts.count == 1 { return Array(repeating: "any", count: 4) }
        return Array(repeating: "any", count: 4 - parts.count) + parts
    }

    private static let hyphen = UInt8(ascii: "-")

    static func isWildcard(_ text: some StringProtocol) -> Bool {
        text.utf8.split(separator: hyphen).contains { $0.elementsEqual("any".utf8) }
    }

    /// Words of lower-case letters and digits, joined by single hyphens.
    static func isWord(_ text: some StringProtocol) -> Bool {
        guard 1...lengthLimit ~= text.utf8.count else { return false }
        return text.utf8.split(separator: hyphen, omittingEmptySubsequences: false)
            .allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isLowerAlphanumeric) }
    }
}
