public import ArchiveModel
public import Catalog
internal import DebianControl

/// Says what a text of commands would come to, before it is signed or sent. Carries nothing out, and leaves nothing behind.
public struct CommandPreview: Sendable {
    private let service: String?
    private let catalog: Catalog?
    private let rules: ActionRules
    private let now: Int64

    /// - Parameters:
    ///   - service: whose name `Archive` has to have; nil for whichever.
    ///   - catalog: nil where there is none; then only the form is judged.
    ///   - now: Unix seconds; matters with a catalog only.
    public init(
        service: String?, catalog: Catalog? = nil, rules: ActionRules = ActionRules(), now: Int64 = 0
    ) {
        self.service = service
        self.catalog = catalog
        self.rules = rules
        self.now = now
    }

    /// A paragraph is done in the report when nothing stands against it.
    /// - Parameters:
    ///   - text: what is, or will be, signed.
    ///   - signer: who signs it, and with which key; nil where that is not known, and the archive is not looked at.
    public func report(
        on text: String, title: String, by signer: (person: Person, key: Fingerprint)? = nil
    ) async throws -> CommandReport {
        let reading = CommandRules.read(text, for: service)
        let judgement = try await ParagraphJudge(check: check(signer), limits: rules.limits).judge(reading)
        return CommandReport(
            title: title, isDryRun: true, findings: judgement.findings,
            results: judgement.paragraphs.map {
                CommandReport.Result(paragraph: $0.text, isDone: $0.isGood, findings: $0.findings)
            })
    }

    private func check(_ signer: (person: Person, key: Fingerprint)?) -> ActionCheck? {
        guard let catalog, let signer else { return nil }
        return ActionCheck(
            catalog: catalog, person: signer.person, key: signer.key, service: service, rules: rules, now: now)
    }

    /// The text with a header for this service, where it has none; as it is where it has one, or cannot be read.
    public static func addressed(_ text: String, to service: String) -> String {
        let limits = CommandFile.limits
        guard let first = try? ControlParagraph.paragraphs(in: text, limits: limits).first, !first.isAddressed,
            first["Commands"] == nil
        else { return text }
        let body = text.drop(while: \.isNewline)
        return first["Action"] == nil ? "Archive: \(service)\n\(body)" : "Archive: \(service)\n\n\(body)"
    }
}

extension ControlParagraph {
    /// It names a service. `Archive` of an action names one of its archives.
    fileprivate var isAddressed: Bool {
        guard let archive = self["Archive"] else { return false }
        return self["Action"] == nil || ArchiveReference(archive)?.owner == nil
    }
}
