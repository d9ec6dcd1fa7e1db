internal import ArchiveModel
internal import Catalog

/// From paragraphs to steps. All are judged before anything is made for one of them.
extension CommandRunner {
    /// - Parameters:
    ///   - key: the signer's.
    ///   - signature: of the text, as the command log has it.
    func order(
        _ reading: CommandRules.Reading, key: Fingerprint, signature: String, newKeys: NewKeys
    ) async throws -> (findings: [Finding], steps: [CommandStep]) {
        let check = reading.person.map {
            ActionCheck(
                catalog: catalog, person: $0, key: key, service: rules.serviceName, rules: rules.actions, now: clock())
        }
        let judgement = try await ParagraphJudge(check: check, limits: rules.actions.limits).judge(reading)
        return (judgement.findings, try await steps(judgement, reading, key, signature, newKeys))
    }

    private func steps(
        _ judgement: ParagraphJudge.Judgement, _ reading: CommandRules.Reading, _ key: Fingerprint,
        _ signature: String, _ newKeys: NewKeys
    ) async throws -> [CommandStep] {
        guard let person = reading.person, judgement.isGood else {
            return judgement.paragraphs.map { CommandStep(paragraph: $0.text, effect: nil, findings: $0.findings) }
        }
        let scene = ActionScene(
            person: person, key: key, signature: signature, isDryRun: reading.isDryRun, now: clock(),
            service: rules.serviceName, rules: rules.actions, makeKey: { try await newKeys.key(for: $0) })
        var steps: [CommandStep] = []
        for paragraph in judgement.paragraphs {
            let effect = try await paragraph.action?.effect(scene)
            steps.append(CommandStep(paragraph: paragraph.text, effect: effect, findings: paragraph.findings))
        }
        return steps
    }
}
