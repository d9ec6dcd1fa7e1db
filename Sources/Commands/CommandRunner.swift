public import ArchiveModel
public import Catalog
internal import DebianControl
public import OpenPGP

/// Carries signed command texts out, from wherever they came: file, mail, or HTTP.
///
/// It takes a verified text, trusts its signature and nothing else in it, and leaves one catalog transaction: what the
/// paragraphs changed, the log, and the answer to the signer's registered address. It throws only for faults of ours.
public struct CommandRunner: Sendable {
    let catalog: Catalog
    let rules: CommandRules
    let makeKey: @Sendable (ArchiveReference) async throws -> Fingerprint
    /// Into the keyring, where signatures are checked.
    let addKey: @Sendable ([UInt8]) async throws -> Void
    let dropKey: @Sendable (Fingerprint) async throws -> Void
    let clock: @Sendable () -> Int64

    /// - Parameters:
    ///   - makeKey: makes the signing key of a new archive.
    ///   - addKey: takes a person's public key into the keyring; safe to repeat.
    ///   - dropKey: removes one that signs no archive after all.
    ///   - clock: Unix seconds.
    public init(
        catalog: Catalog, rules: CommandRules, clock: @escaping @Sendable () -> Int64,
        makeKey: @escaping @Sendable (ArchiveReference) async throws -> Fingerprint,
        dropKey: @escaping @Sendable (Fingerprint) async throws -> Void = { _ in },
        addKey: @escaping @Sendable ([UInt8]) async throws -> Void
    ) {
        self.catalog = catalog
        self.rules = rules
        self.clock = clock
        self.makeKey = makeKey
        self.addKey = addKey
        self.dropKey = dropKey
    }

    /// - Parameters:
    ///   - commands: what is read as commands, where that is a part of what was signed; `nil`: all of it.
    ///   - title: file name, or the subject of the mail.
    ///   - origin: where the text lies; the same origin again is a repeat after a crash.
    ///   - place: the upload that brought it.
    ///   - answers: Message-ID of the mail that is answered.
    ///   - received: Unix seconds.
    public func run(
        _ text: VerifiedText, commands: String? = nil, title: String, origin: String, place: CommandPlace? = nil,
        answers: String?, received: Int64
    ) async throws -> CommandReport {
        let signer = try await catalog.signer(text.signer)
        let reading = rules.read(commands ?? text.text, signedAt: text.signedAt, signer: signer, now: clock())
        let report = try await withNewKeys { keys in
            // What has acted before is answered from the log; its paragraphs are not looked at again, however often it is sent.
            let (findings, steps) =
                try await catalog.isSeen(command: text.identity)
                ? (reading.findings, [])
                : try await order(reading, key: text.signer, signature: text.identity, newKeys: keys)
            var order = CommandOrder(
                signature: text.identity, signingKey: text.signer, signer: reading.person, origin: origin,
                title: title, text: text.text, received: received, isDryRun: reading.isDryRun,
                findings: findings, steps: steps)
            order.place = place
            order.copyLimit = rules.actions.limits.changes
            order.refusalLettersADay = rules.actions.limits.refusalLettersADay
            return try await catalog.carryOut(order, now: clock()) { report in
                Self.letters(report, to: reading.person, identity: text.identity, answers: answers)
            }
        }
        try await enterKeys(of: reading)
        return report
    }

    /// What was registered, by this text or by others before a crash, is entered into the keyring. What fails of this text's own keys has
    /// it looked at once more: then it is answered from the log, and comes here again. What fails of others' has theirs looked at.
    private func enterKeys(of reading: CommandRules.Reading) async throws {
        let waiting = try await catalog.keysToEnter()
        let own = waiting.isEmpty ? [] : reading.keys(within: rules.actions.limits)
        var failure: (any Error)?
        for key in waiting {
            do {
                try await enter(key)
            } catch let cancellation as CancellationError {
                throw cancellation
            } catch {
                if own.contains(key.key) { failure = error }
            }
        }
        if let failure { throw failure }
    }

    private func enter(_ key: KeyToEnter) async throws {
        // One that the keyring refuses after all was looked at before as well: no signature by it is known, and that is all.
        do { try await addKey(key.key) } catch is KeyRefusal {}
        try await catalog.noteEntered(key)
    }

    /// Keys have to be there before the transaction that uses them. A crash between leaves one that no archive has.
    private func withNewKeys(_ body: (NewKeys) async throws -> CommandReport) async throws -> CommandReport {
        let keys = NewKeys(make: makeKey, drop: dropKey)
        do {
            let report = try await body(keys)
            await keys.dropUnused { try await catalog.isSigningKey($0) }
            return report
        } catch {
            await keys.dropUnused { try await catalog.isSigningKey($0) }
            throw error
        }
    }

    /// The answer goes to the signer's registered address and nowhere else.
    private static func letters(
        _ report: CommandReport, to person: Person?, identity: String, answers: String?
    ) -> [Letter] {
        guard let person else { return [] }
        let kind = report.findings.contains { $0.severity == .error } ? "command-refused" : "command"
        var letter = Letter(
            to: person.mail, identity: "\(kind)-\(identity.prefix(32))", content: .commands(report),
            reason: "you signed these commands")
        letter.answers = answers
        return [letter]
    }
}

extension CommandRules.Reading {
    /// The keys that the text brings, as they stand in it.
    fileprivate func keys(within limits: CommandLimits) -> Set<[UInt8]> {
        Set(
            sections.filter { $0["Action"]?.lowercased() == AddKey.form.name }.compactMap { section in
                guard case .success(let action) = ActionForm.parse(section, limits) else { return nil }
                return (action as? AddKey)?.key
            })
    }
}
