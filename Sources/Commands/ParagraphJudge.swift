internal import ArchiveModel
internal import DebianControl

/// Judges paragraphs by themselves: their form, and against the catalog what a person may do and what can be done.
struct ParagraphJudge {
    /// Nil where there is no catalog, or nobody who may command: then only the form is judged.
    let check: ActionCheck?

    struct Judged {
        let text: String
        var action: (any CommandAction)?
        var findings: [Finding] = []

        var isGood: Bool { findings.allSatisfy { $0.severity == .warning } }
    }

    func judge(_ reading: CommandRules.Reading) async throws -> [Judged] {
        var judged: [Judged] = []
        for section in reading.sections { judged.append(try await judge(section)) }
        for command in reading.queueCommands { judged.append(try await judge(command)) }
        return judged
    }

    private func judge(_ section: ControlParagraph) async throws -> Judged {
        var judged = Judged(text: section.serialized())
        switch ActionForm.parse(section) {
        case .failure(let refused):
            judged.findings = refused.findings
        case .success(let action):
            judged.action = action
            if let check { judged.findings = try await action.findings(check) }
        }
        return judged
    }

    private func judge(_ command: QueueCommand) async throws -> Judged {
        var judged = Judged(text: command.description)
        guard let check else { return judged }
        switch try await QueueSearch(catalog: check.catalog, person: check.person).find(command) {
        case .success(let found): judged.action = found
        case .failure(let refused): judged.findings = refused.findings
        }
        return judged
    }
}
