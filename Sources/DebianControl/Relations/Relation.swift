/// One package that another needs, excludes or gives: `name[:arch] [(op version)] [[architectures]] [<profiles>]…`
/// (Policy 7.1).
public struct Relation: Sendable, Hashable, CustomStringConvertible {
    public enum Comparison: String, Sendable, CaseIterable {
        case earlier = "<<"
        case earlierOrEqual = "<="
        case equal = "="
        case laterOrEqual = ">="
        case later = ">>"

        /// `version` stands in this relation to `bound`.
        public func holds(_ version: PackageVersion, _ bound: PackageVersion) -> Bool {
            switch self {
            case .earlier: version < bound
            case .earlierOrEqual: version <= bound
            case .equal: version == bound
            case .laterOrEqual: version >= bound
            case .later: version > bound
            }
        }
    }

    public struct Bound: Sendable, Hashable {
        public let comparison: Comparison
        public let version: PackageVersion
    }

    /// A word of `[…]`.
    public struct ArchitectureTerm: Sendable, Hashable, CustomStringConvertible {
        public let isNegated: Bool
        public let wildcard: ArchitectureWildcard

        public var description: String { (isNegated ? "!" : "") + wildcard.description }
    }

    /// A word of `<…>`.
    public struct ProfileTerm: Sendable, Hashable, CustomStringConvertible {
        public let isNegated: Bool
        public let profile: String

        public var description: String { (isNegated ? "!" : "") + profile }
    }

    public let name: PackageName
    /// `any`, `native` or an architecture.
    public let qualifier: String?
    public let bound: Bound?
    /// All negated or none.
    public let architectures: [ArchitectureTerm]
    /// One of these has to hold; in each, all words have to.
    public let profiles: [[ProfileTerm]]

    public var description: String {
        var text = name.description
        if let qualifier { text += ":\(qualifier)" }
        if let bound { text += " (\(bound.comparison.rawValue) \(bound.version))" }
        if !architectures.isEmpty {
            text += " [\(architectures.map(\.description).joined(separator: " "))]"
        }
        for terms in profiles {
            text += " <\(terms.map(\.description).joined(separator: " "))>"
        }
        return text
    }
}
