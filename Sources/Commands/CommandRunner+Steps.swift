internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// From paragraphs to steps. All are judged before anything is made for one of them.
extension CommandRunner {
    /// - Parameter key: the signer's.
    func steps(_ reading: CommandRules.Reading, key: Fingerprint) async throws -> [CommandStep] {
        var judged: [JudgedParagraph] = []
        for section in reading.sections { judged.append(try await judge(section, by: reading.person)) }
        for command in reading.queueCommands { judged.append(try await judge(command, by: reading.person)) }
        let isGood = reading.findings.isEmpty && judged.allSatisfy(\.findings.isEmpty)
        var steps: [CommandStep] = []
        for paragraph in judged {
            var effect: CommandEffect?
            if isGood, let action = paragraph.action {
                // A dry run is rolled back: it needs some key, and leaves none behind.
                effect = try await self.effect(of: action, by: reading.person, dryRunKey: reading.isDryRun ? key : nil)
            }
            steps.append(CommandStep(paragraph: paragraph.text, effect: effect, findings: paragraph.findings))
        }
        return steps
    }

    private struct JudgedParagraph {
        let text: String
        var action: CommandAction?
        var findings: [Finding] = []
    }

    private func judge(_ section: ControlParagraph, by person: Person?) async throws -> JudgedParagraph {
        var judged = JudgedParagraph(text: section.serialized())
        switch CommandAction.parse(section) {
        case .failure(let refused):
            judged.findings = refused.findings
        case .success(let action):
            judged.action = action
            if let person { judged.findings = try await ActionCheck(catalog: catalog, person: person).findings(action) }
        }
        return judged
    }

    private func judge(_ command: QueueCommand, by person: Person?) async throws -> JudgedParagraph {
        var judged = JudgedParagraph(text: command.description)
        guard let person else { return judged }
        switch try await QueueSearch(catalog: catalog, person: person).find(command) {
        case .success(let found): judged.action = .order(found)
        case .failure(let refused): judged.findings = refused.findings
        }
        return judged
    }

    /// - Returns: nil where nobody may command.
    private func effect(
        of action: CommandAction, by person: Person?, dryRunKey: Fingerprint?
    ) async throws -> CommandEffect? {
        switch action {
        case .createPPA(let new):
            guard let dryRunKey else { return .createArchive(new.archive(signedBy: try await makeKey(new.reference))) }
            return .createArchive(new.archive(signedBy: dryRunKey))
        case .removePackages(let removal):
            return .removePackages(removal)
        case .order(let command):
            return person.map { .order(command.act(now: clock()), uploads: command.uploads, by: $0) }
        }
    }
}
