/// Why a text is not a list of relations.
public struct RelationSyntaxError: Error, Equatable, Sendable, CustomStringConvertible {
    public let expected: String
    /// The relation, or the part of it, that does not fit.
    public let got: String

    public var description: String { "expected \(expected), got \(got)" }
}

/// The value of a field such as `Depends` or `Build-Depends` (Policy 7.1): all of `groups` are meant, and of each group
/// any one.
public struct Relations: Sendable, Hashable, CustomStringConvertible {
    public let groups: [[Relation]]

    init(groups: [[Relation]]) { self.groups = groups }

    /// An empty text gives no relations; whether a field may be empty is for its reader to say. A comma at the end is
    /// taken, as dpkg does.
    public init(parsing text: String) throws(RelationSyntaxError) {
        var parts = text.split(separator: ",", omittingEmptySubsequences: false)[...]
        if parts.last?.trimmed.isEmpty == true { parts.removeLast() }
        var groups: [[Relation]] = []
        groups.reserveCapacity(parts.count)
        for part in parts {
            var group: [Relation] = []
            for alternative in part.split(separator: "|", omittingEmptySubsequences: false) {
                group.append(try RelationParser.relation(alternative))
            }
            groups.append(group)
        }
        self.groups = groups
    }

    /// Canonical: `a (>= 1), b | c [amd64]`.
    public func serialized() -> String {
        groups.map { $0.map(\.description).joined(separator: " | ") }.joined(separator: ", ")
    }

    public var description: String { serialized() }

    /// What is left on an architecture with some build profiles active; restrictions that hold are taken away, as
    /// dpkg-buildpackage does before it looks what is installed.
    public func reduced(for architecture: Architecture, profiles: Set<String> = []) -> Relations {
        Relations(
            groups: groups.compactMap { group in
                let rest = group.filter { $0.applies(to: architecture, profiles: profiles) }.map(\.unrestricted)
                return rest.isEmpty ? nil : rest
            })
    }
}

extension Relation {
    /// Whether its `[…]` and `<…>` let it stand.
    public func applies(to architecture: Architecture, profiles active: Set<String> = []) -> Bool {
        let isForArchitecture =
            architectures.isEmpty || architectures[0].isNegated
            ? architectures.allSatisfy { !$0.wildcard.matches(architecture) }
            : architectures.contains { $0.wildcard.matches(architecture) }
        let isForProfiles =
            profiles.isEmpty
            || profiles.contains { $0.allSatisfy { active.contains($0.profile) != $0.isNegated } }
        return isForArchitecture && isForProfiles
    }

    var unrestricted: Relation {
        Relation(name: name, qualifier: qualifier, bound: bound, architectures: [], profiles: [])
    }
}
