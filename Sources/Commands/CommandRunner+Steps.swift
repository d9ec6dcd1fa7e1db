internal import ArchiveModel
internal import Catalog

/// From paragraphs to steps. All are judged before anything is made for one of them.
extension CommandRunner {
    /// - Parameter key: the signer's.
    func steps(_ reading: CommandRules.Reading, key: Fingerprint) async throws -> [CommandStep] {
        let check = reading.person.map {
            ActionCheck(catalog: catalog, person: $0, key: key, quotas: rules.quotas)
        }
        let judged = try await ParagraphJudge(check: check).judge(reading)
        guard let person = reading.person, reading.findings.isEmpty, judged.allSatisfy(\.isGood) else {
            return judged.map { CommandStep(paragraph: $0.text, effect: nil, findings: $0.findings) }
        }
        let scene = ActionScene(
            person: person, key: key, isDryRun: reading.isDryRun, now: clock(), quotas: rules.quotas,
            makeKey: makeKey)
        var steps: [CommandStep] = []
        for paragraph in judged {
            let effect = try await paragraph.action?.effect(scene)
            steps.append(CommandStep(paragraph: paragraph.text, effect: effect, findings: paragraph.findings))
        }
        return steps
    }
}
