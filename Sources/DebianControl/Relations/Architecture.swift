/// One word of an `Architecture` field that names one thing: a machine architecture, `all` or `source`.
///
/// Whether a suite has it is the suite's matter: a name unknown to our table is an architecture too.
public struct Architecture: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let description: String

    public static let all = Architecture(known: "all")
    public static let source = Architecture(known: "source")

    /// Nil for wildcards (`any`, `linux-any`) and for what is not lower-case letters, digits and inner hyphens.
    public init?(_ text: some StringProtocol) {
        guard ArchitectureWildcard.isWord(text), !ArchitectureWildcard.isWildcard(text) else { return nil }
        description = String(text)
    }

    init(known name: String) { description = name }

    public var isAll: Bool { self == .all }
    public var isSource: Bool { self == .source }

    public static func < (a: Self, b: Self) -> Bool { a.description < b.description }
}
