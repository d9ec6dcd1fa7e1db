internal import ArchiveModel
internal import DebianControl

/// Words of the `.changes` that nothing depends on here, and that are most likely slips.
enum WordChecks {
    /// What stands behind the first word is a remark, and upper case is taken (Policy 5.6.17).
    static func urgencyIsKnown(_ evidence: Evidence) -> [Finding] {
        guard let urgency = evidence.changes.urgency, let word = urgency.split(separator: " ").first,
            !KnownWords.urgencies.contains(word.lowercased())
        else { return [] }
        return [
            warning(
                .unknownUrgency, "There is no urgency \"\(urgency.printable)\"; nothing here goes by it.", evidence,
                field: "Urgency", expected: "low, medium, high, emergency or critical", got: urgency)
        ]
    }

    static func sectionIsKnown(_ evidence: Evidence) -> [Finding] {
        let section = evidence.section
        guard let name = section.split(separator: "/").last, !KnownWords.sections.contains(String(name)) else {
            return []
        }
        return [
            warning(
                .unknownSection, "Debian Policy knows no section \"\(section.printable)\".", evidence,
                field: "Section", expected: "a section of Policy 2.4, such as devel", got: section)
        ]
    }

    static func priorityIsKnown(_ evidence: Evidence) -> [Finding] {
        let priority = evidence.priority
        guard !KnownWords.priorities.contains(priority) else { return [] }
        return [
            warning(
                .unknownPriority, "There is no priority \"\(priority.printable)\".", evidence, field: "Priority",
                expected: "required, important, standard or optional", got: priority)
        ]
    }

    private static func warning(
        _ code: FindingCode, _ sentence: String, _ evidence: Evidence, field: String, expected: String, got: String
    ) -> Finding {
        let file = field == "Urgency" ? evidence.path.name : evidence.changes.dsc?.name ?? evidence.path.name
        return Finding(
            code, sentence, severity: .warning, file: file.description, field: field, expected: expected,
            got: got.printable,
            remedy: field == "Urgency" ? "Set it in the changelog entry." : "Set \(field) in debian/control.")
    }
}
