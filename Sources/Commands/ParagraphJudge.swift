internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// Judges paragraphs by themselves: their form, and against the catalog what a person may do and what can be done. The catalog
/// is asked only when nothing is wrong with the text as a whole.
struct ParagraphJudge {
    /// Nil where there is no catalog, or nobody who may command: then only the form is judged.
    let check: ActionCheck?
    let limits: CommandLimits

    struct Judgement {
        /// Of the text as a whole.
        var findings: [Finding]
        var paragraphs: [Judged] = []

        var isGood: Bool { findings.isEmpty && paragraphs.allSatisfy(\.isGood) }
    }

    struct Judged {
        let text: String
        var action: (any CommandAction)?
        var findings: [Finding] = []

        var isGood: Bool { findings.allSatisfy { $0.severity == .warning } }
    }

    func judge(_ reading: CommandRules.Reading) async throws -> Judgement {
        var judgement = Judgement(findings: reading.findings)
        if let excess = limits.finding(words: reading.queueCommands.count, field: "Commands") {
            judgement.findings.append(excess)
            return judgement
        }
        judgement.paragraphs =
            reading.sections.map(read) + (try await read(reading.queueCommands, isSought: reading.findings.isEmpty))
        judgement.findings += try await excess(of: judgement.paragraphs, in: nil)
        guard judgement.findings.isEmpty, let check, reading.queueCommands.isEmpty else { return judgement }
        try await look(&judgement) { try await $0.accessFindings(check) }
        judgement.findings += try await excess(of: judgement.paragraphs.filter(\.isGood), in: check.catalog)
        guard judgement.findings.isEmpty else { return judgement }
        try await look(&judgement) { try await $0.findings(check) }
        return judgement
    }

    /// At what nothing stands against so far.
    private func look(
        _ judgement: inout Judgement, _ findings: (any CommandAction) async throws -> [Finding]
    ) async throws {
        for index in judgement.paragraphs.indices where judgement.paragraphs[index].isGood {
            guard let action = judgement.paragraphs[index].action else { continue }
            judgement.paragraphs[index].findings += try await findings(action)
        }
    }

    /// What is named is counted first, and then what comes of it: a text that asks for too much does not have it all looked up.
    private func excess(of paragraphs: [Judged], in catalog: Catalog?) async throws -> [Finding] {
        limits.finding(changes: try await changes(of: paragraphs, in: catalog)).map { [$0] } ?? []
    }

    /// Counts no further than to the limit.
    private func changes(of paragraphs: [Judged], in catalog: Catalog?) async throws -> Int {
        var changes = 0
        for paragraph in paragraphs where limits.finding(changes: changes) == nil {
            changes += try await paragraph.action?.changes(catalog) ?? 0
        }
        return changes
    }

    private func read(_ section: ControlParagraph) -> Judged {
        var judged = Judged(text: section.serialized())
        switch ActionForm.parse(section, limits) {
        case .failure(let refused): judged.findings = refused.findings
        case .success(let action): judged.action = action
        }
        return judged
    }

    private func read(_ commands: [QueueCommand], isSought: Bool) async throws -> [Judged] {
        guard !commands.isEmpty, isSought, let check else { return commands.map { Judged(text: $0.description) } }
        let search = QueueSearch(person: check.person, held: try await check.catalog.heldUploads(of: check.person))
        return commands.map { command in
            var judged = Judged(text: command.description)
            switch search.find(command) {
            case .success(let found): judged.action = found
            case .failure(let refused): judged.findings = refused.findings
            }
            return judged
        }
    }
}
