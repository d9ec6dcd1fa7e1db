/// What the tags of a template name. The engine takes a name that nothing has for an empty one, and tries only the sections that a
/// sample happens to open.
enum TemplateTags {
    /// Of variables and sections, without functions around them; of `a.b` the first.
    static func names(in text: String) -> [String] {
        text.matches(of: #/\{\{([^}]*)\}\}/#).compactMap { match in
            let tag = match.1.drop { "{#^/& ".contains($0) }
            guard let first = tag.first, !"!>%=<$*".contains(first) else { return nil }
            let inner = tag.split(separator: "(").last?.prefix { $0 != ")" } ?? ""
            let name = inner.prefix { !$0.isWhitespace && $0 != "." }
            return name.isEmpty ? nil : String(name)
        }
    }

    /// Of the parts that it takes in.
    static func parts(in text: String) -> [String] {
        text.matches(of: #/\{\{>\s*([^}\s]+)/#).map { String($0.1) }
    }
}
