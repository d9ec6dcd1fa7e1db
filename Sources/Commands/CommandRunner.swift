public import ArchiveModel
public import Catalog
internal import DebianControl
public import OpenPGP

/// Carries signed command texts out, from wherever they came: file, mail, or HTTP.
///
/// It takes a verified text, trusts its signature and nothing else in it, and leaves one catalog transaction: what the
/// paragraphs changed, the log, and the answer to the signer's registered address. It throws only for faults of ours.
public struct CommandRunner: Sendable {
    private let catalog: Catalog
    private let rules: CommandRules
    private let makeKey: @Sendable (ArchiveReference) async throws -> Fingerprint
    private let clock: @Sendable () -> Int64

    /// - Parameters:
    ///   - makeKey: makes the signing key of a new archive.
    ///   - clock: Unix seconds.
    public init(
        catalog: Catalog, rules: CommandRules, clock: @escaping @Sendable () -> Int64,
        makeKey: @escaping @Sendable (ArchiveReference) async throws -> Fingerprint
    ) {
        self.catalog = catalog
        self.rules = rules
        self.clock = clock
        self.makeKey = makeKey
    }

    /// - Parameters:
    ///   - title: file name, or the subject of the mail.
    ///   - origin: where the text lies; the same origin again is a repeat after a crash.
    ///   - answers: Message-ID of the mail that is answered.
    public func run(
        _ text: VerifiedText, title: String, origin: String, answers: String?, received: Int64
    ) async throws -> CommandReport {
        let signer = try await signer(of: text)
        let reading = rules.read(text, signer: signer, now: clock())
        let steps = try await reading.sections.asyncMap { try await step($0, by: reading.person) }
        let order = CommandOrder(
            signature: text.identity, signingKey: text.signer, signer: reading.person, origin: origin, title: title,
            text: text.text, received: received, isDryRun: reading.isDryRun,
            findings: reading.findings, steps: steps)
        return try await catalog.carryOut(order, now: clock()) { report in
            Self.letters(report, to: reading.person, identity: text.identity, answers: answers)
        }
    }

    private func signer(of text: VerifiedText) async throws -> Signer? {
        try await catalog.signer(text.signer)
    }

    private func step(_ section: ControlParagraph, by person: Person?) async throws -> CommandStep {
        let paragraph = section.serialized()
        guard let person else { return CommandStep(paragraph: paragraph, effect: nil, findings: []) }
        switch CommandAction.parse(section) {
        case .failure(let refused):
            return CommandStep(paragraph: paragraph, effect: nil, findings: refused.findings)
        case .success(let action):
            let judged = try await ActionCheck(catalog: catalog, person: person, makeKey: makeKey).judge(action)
            return CommandStep(paragraph: paragraph, effect: judged.effect, findings: judged.findings)
        }
    }

    /// The answer goes to the signer's registered address and nowhere else.
    private static func letters(
        _ report: CommandReport, to person: Person?, identity: String, answers: String?
    ) -> [Letter] {
        guard let person else { return [] }
        var letter = Letter(
            to: person.mail, identity: "command-\(identity.prefix(32))", content: .commands(report),
            reason: "you signed these commands")
        letter.answers = answers
        return [letter]
    }
}

extension Sequence {
    func asyncMap<Value>(_ body: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await body(element)) }
        return values
    }
}
