/// The fields of a binary package.
extension FieldReader {
    mutating func binaryArchitecture() -> Architecture? {
        required("Architecture", "one architecture, or all") { text in
            Architecture(text).flatMap { $0.isSource ? nil : $0 }
        }
    }

    mutating func checkMultiArch() {
        _ = optional("Multi-Arch", "no, same, foreign or allowed") { value in
            ["no", "same", "foreign", "allowed"].contains(value) ? value : nil
        }
    }

    /// All relations of a binary package. What restricts a relation to architectures or build profiles is resolved when
    /// the package is built, so none is left here.
    mutating func binaryRelations() -> [String: Relations] {
        var found: [String: Relations] = [:]
        for field in BinaryControl.relationFields {
            guard let relations = relations(field) else { continue }
            found[field] = relations
            for group in relations.groups { checkGroup(group, of: field) }
        }
        return found
    }

    private mutating func checkGroup(_ group: [Relation], of field: String) {
        let text = group.map(\.description).joined(separator: " | ")
        if group.contains(where: { !$0.architectures.isEmpty || !$0.profiles.isEmpty }) {
            note(.badRelations, field, expected: "no [architectures] and <profiles> in a binary package", got: text)
        }
        switch field {
        case "Provides" where group.count > 1 || group.contains { $0.bound.map { $0.comparison != .equal } ?? false }:
            note(.badRelations, field, expected: "packages without alternatives, with = if with a version", got: text)
        case "Built-Using" where group.count > 1 || group.contains { $0.bound?.comparison != .equal },
            "Static-Built-Using" where group.count > 1 || group.contains { $0.bound?.comparison != .equal }:
            note(.badRelations, field, expected: "source packages with (= version)", got: text)
        default:
            break
        }
    }
}
