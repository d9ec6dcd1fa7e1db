/// Reads one relation from left to right.
struct RelationParser {
    private var rest: Substring
    private let whole: Substring

    static func relation(_ text: Substring) throws(RelationSyntaxError) -> Relation {
        var parser = RelationParser(whole: text.trimmed)
        return try parser.relation()
    }

    private init(whole: Substring) {
        self.whole = whole
        rest = whole
    }

    private mutating func relation() throws(RelationSyntaxError) -> Relation {
        let (name, qualifier) = try nameAndQualifier()
        let bound = try bracketed("(", ")").map(bound)
        let architectures = try bracketed("[", "]").map(architectures) ?? []
        var profiles: [[Relation.ProfileTerm]] = []
        while let terms = try bracketed("<", ">") { profiles.append(try profileTerms(terms)) }
        guard rest.isEmpty else { throw mistake("name (version) [architectures] <profiles>, in this order") }
        return Relation(
            name: name, qualifier: qualifier, bound: bound, architectures: architectures, profiles: profiles)
    }

    private mutating func nameAndQualifier() throws(RelationSyntaxError) -> (PackageName, String?) {
        let end = rest.utf8.firstIndex { $0.isBlank || $0 == .lineFeed || Self.openings.contains($0) } ?? rest.endIndex
        let word = rest[..<end]
        rest = rest[end...].trimmed
        let sides = word.splitOnce(at: ":")
        guard let name = PackageName(sides?.head ?? word) else { throw mistake("a package name") }
        guard let qualifier = sides?.tail else { return (name, nil) }
        guard ArchitectureWildcard.isWord(qualifier) else {
            throw mistake("any, native or an architecture after the colon")
        }
        return (name, String(qualifier))
    }

    /// What stands in the brackets that come next, or nil where others or none come.
    private mutating func bracketed(
        _ open: Unicode.Scalar, _ close: Unicode.Scalar
    ) throws(RelationSyntaxError) -> Substring? {
        guard rest.utf8.first == UInt8(ascii: open) else { return nil }
        // `<` and `>` stand in a version bound too, but never in front of it: there the bracket is round.
        guard let (inside, tail) = rest.dropFirst().splitOnce(at: close) else { throw mistake("a closing \(close)") }
        rest = tail.trimmed
        return inside.trimmed
    }

    private func bound(_ text: Substring) throws(RelationSyntaxError) -> Relation.Bound {
        let sign = text.utf8.prefix { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ">") }
        guard let comparison = Self.comparison(Substring(sign)) else { throw mistake("<<, <=, =, >= or >>") }
        guard let version = PackageVersion(text[sign.endIndex...].trimmed) else {
            throw mistake("a version after \(comparison.rawValue)")
        }
        return Relation.Bound(comparison: comparison, version: version)
    }

    private func architectures(_ text: Substring) throws(RelationSyntaxError) -> [Relation.ArchitectureTerm] {
        var terms: [Relation.ArchitectureTerm] = []
        for word in text.words {
            let (isNegated, name) = Self.negation(word)
            guard let wildcard = ArchitectureWildcard(name) else { throw mistake("architectures between [ and ]") }
            terms.append(.init(isNegated: isNegated, wildcard: wildcard))
        }
        guard let first = terms.first, terms.allSatisfy({ $0.isNegated == first.isNegated }) else {
            throw mistake("architectures between [ and ], all with ! or none")
        }
        return terms
    }

    private func profileTerms(_ text: Substring) throws(RelationSyntaxError) -> [Relation.ProfileTerm] {
        let terms = text.words.map { word in
            let (isNegated, name) = Self.negation(word)
            return Relation.ProfileTerm(isNegated: isNegated, profile: String(name))
        }
        let isProfile: (UInt8) -> Bool = { $0.isAlphanumeric || "+-._".utf8.contains($0) }
        guard !terms.isEmpty, terms.allSatisfy({ !$0.profile.isEmpty && $0.profile.utf8.allSatisfy(isProfile) }) else {
            throw mistake("build profiles between < and >")
        }
        return terms
    }

    private func mistake(_ expected: String) -> RelationSyntaxError {
        RelationSyntaxError(expected: expected, got: whole.isEmpty ? "nothing between two commas" : String(whole))
    }

    private static let openings = Array("([<".utf8)

    /// `<` and `>` are the obsolete spellings of `<=` and `>=`, which dpkg still takes.
    private static func comparison(_ sign: Substring) -> Relation.Comparison? {
        switch sign {
        case "<": .earlierOrEqual
        case ">": .laterOrEqual
        default: Relation.Comparison(rawValue: String(sign))
        }
    }

    private static func negation(_ word: Substring) -> (isNegated: Bool, word: Substring) {
        word.utf8.first == UInt8(ascii: "!") ? (true, word.dropFirst()) : (false, word)
    }
}
