public import ArchiveModel
public import Catalog
public import OpenPGP

/// Carries signed command texts out, from wherever they came: file, mail, or HTTP.
///
/// It takes a verified text, trusts its signature and nothing else in it, and leaves one catalog transaction: what the
/// paragraphs changed, the log, and the answer to the signer's registered address. It throws only for faults of ours.
public struct CommandRunner: Sendable {
    let catalog: Catalog
    let rules: CommandRules
    let makeKey: @Sendable (ArchiveReference) async throws -> Fingerprint
    let clock: @Sendable () -> Int64

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
    ///   - commands: what is read as commands, where that is a part of what was signed; `nil`: all of it.
    ///   - title: file name, or the subject of the mail.
    ///   - origin: where the text lies; the same origin again is a repeat after a crash.
    ///   - answers: Message-ID of the mail that is answered.
    ///   - received: Unix seconds.
    public func run(
        _ text: VerifiedText, commands: String? = nil, title: String, origin: String, answers: String?, received: Int64
    ) async throws -> CommandReport {
        let signer = try await catalog.signer(text.signer)
        let reading = rules.read(commands ?? text.text, signedAt: text.signedAt, signer: signer, now: clock())
        let order = CommandOrder(
            signature: text.identity, signingKey: text.signer, signer: reading.person, origin: origin, title: title,
            text: text.text, received: received, isDryRun: reading.isDryRun,
            findings: reading.findings, steps: try await steps(reading, key: text.signer))
        return try await catalog.carryOut(order, now: clock()) { report in
            Self.letters(report, to: reading.person, identity: text.identity, answers: answers)
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
