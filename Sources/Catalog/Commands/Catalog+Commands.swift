public import ArchiveModel

/// A signed command text that may act, with what each of its paragraphs comes to.
public struct CommandOrder: Sendable {
    /// `VerifiedText.identity`: a signed text acts once.
    public let signature: String
    public let signingKey: Fingerprint
    /// `nil` when the key belongs to nobody who may command: the order then only writes the refusal down.
    public let signer: Person?
    /// Where it came from; the same text from the same place is a repeat after a crash, not a replay.
    public let origin: String
    /// The upload that brought it; nil where there is none.
    public var place: CommandPlace?
    public let title: String
    public let text: String
    public let received: Int64
    public let isDryRun: Bool
    /// Sources and packages that it copies at most; nil: any number.
    public var copyLimit: Int?
    /// Letters to the signer in a day about texts that are refused as a whole; nil: any number.
    public var refusalLettersADay: Int64?
    /// What is wrong with the text as a whole: with an error among them nothing runs.
    public let findings: [Finding]
    public let steps: [CommandStep]

    public init(
        signature: String, signingKey: Fingerprint, signer: Person?, origin: String, title: String, text: String,
        received: Int64, isDryRun: Bool, findings: [Finding], steps: [CommandStep]
    ) {
        self.signature = signature
        self.signingKey = signingKey
        self.signer = signer
        self.origin = origin
        self.title = title
        self.text = text
        self.received = received
        self.isDryRun = isDryRun
        self.findings = findings
        self.steps = steps
    }
}

extension CommandOrder {
    /// Where signed texts that have acted are known by their signatures, commands have names of their own: what is refused here as
    /// commands may be an upload that is still to come, and anybody may have sent it.
    static func seenAs(_ signature: String) -> String { "command \(signature)" }

    fileprivate var seenAs: String { Self.seenAs(signature) }

    fileprivate var isRefusedAsWhole: Bool { findings.contains { $0.severity == .error } }
}

/// One paragraph and its effect.
public struct CommandStep: Sendable {
    /// As it was signed, for the answer.
    public let paragraph: String
    /// `nil` where the findings refuse it; then no paragraph runs.
    public let effect: CommandEffect?
    public let findings: [Finding]

    public init(paragraph: String, effect: CommandEffect?, findings: [Finding]) {
        self.paragraph = paragraph
        self.effect = effect
        self.findings = findings
    }
}

extension Catalog {
    /// Carries an order out: the signature is stored before anything runs, each paragraph runs in a savepoint of its
    /// own, and result, log and answer are written with it, all in one transaction. A crash repeats the whole.
    /// - Returns: the report; that of the first time when this is a repeat after a crash.
    public func carryOut(
        _ order: CommandOrder, now: Int64, answer: @escaping @Sendable (CommandReport) -> [Letter]
    ) async throws -> CommandReport {
        try await write { connection in
            var connection = connection
            connection.tally = order.copyLimit.map(ChangeTally.init)
            if let earlier = try connection.earlierReport(order) { return earlier }
            if try connection.hasHeardEnough(order, now: now) { return try connection.report(order, now: now) }
            try connection.see(signature: order.seenAs, of: order.signingKey, what: order.title, now: now)
            let report = try connection.report(order, now: now)
            try connection.log(order, report)
            try connection.queue(answer(report), now: now)
            try connection.tellOwners(of: order, report, now: now)
            return report
        }
    }
}

extension Connection {
    /// The signer need not be the sender, who may have any number of texts that somebody signed, long ago and for others. What is
    /// refused as a whole beyond that number is neither told to the signer nor written down.
    fileprivate func hasHeardEnough(_ order: CommandOrder, now: Int64) throws -> Bool {
        guard order.isRefusedAsWhole, let limit = order.refusalLettersADay, let signer = order.signer
        else { return false }
        return try lettersOfADay(to: signer, ["command-refused-%"], now: now) >= limit
    }

    /// What this text came to before: the same answer for the same place, a refusal for any other.
    fileprivate func earlierReport(_ order: CommandOrder) throws -> CommandReport? {
        let known = try row(
            "SELECT seen, what FROM seen_signature WHERE identity = :identity", ["identity": order.seenAs])
        guard let known else { return nil }
        let logged = try row(
            "SELECT report FROM command_log WHERE signature = :signature AND origin = :origin",
            ["signature": order.signature, "origin": order.origin])
        if let logged { return try JSONText.decode(CommandReport.self, try logged.text("report")) }
        let finding = Finding(
            .signatureSeen, "This signed text has acted before, as \(try known.text("what")).",
            remedy: "Sign the text anew to have it run again.")
        return CommandReport(title: order.title, isDryRun: order.isDryRun, findings: [finding])
    }

    fileprivate func report(_ order: CommandOrder, now: Int64) throws -> CommandReport {
        let isRefused = order.isRefusedAsWhole || order.steps.contains { $0.effect == nil }
        let results =
            isRefused
            ? order.steps.map { CommandReport.Result(paragraph: $0.paragraph, isDone: false, findings: $0.findings) }
            : try order.steps.map { try result($0, of: order, now: now) }
        return CommandReport(
            title: order.title, isDryRun: order.isDryRun, findings: order.findings, results: results)
    }

    private func result(_ step: CommandStep, of order: CommandOrder, now: Int64) throws -> CommandReport.Result {
        guard let effect = step.effect else { throw CatalogFailure.noRow("a refused paragraph does not run") }
        do {
            try guardActs(order.signingKey)
            let sentences = try inSavepoint(keeping: !order.isDryRun) { try effect.apply(self, now) }
            return CommandReport.Result(
                paragraph: step.paragraph, isDone: true, findings: step.findings, sentences: sentences)
        } catch let conflict as Conflict {
            let finding = Finding(.notPossible, conflict.description)
            return CommandReport.Result(paragraph: step.paragraph, isDone: false, findings: step.findings + [finding])
        }
    }

    /// Runs the body; undone when it throws, and when it is only tried.
    func inSavepoint<Value>(keeping isKept: Bool, _ body: () throws -> Value) throws -> Value {
        try execute("SAVEPOINT paragraph")
        do {
            let value = try body()
            if !isKept { try execute("ROLLBACK TO SAVEPOINT paragraph") }
            try execute("RELEASE SAVEPOINT paragraph")
            return value
        } catch {
            try execute("ROLLBACK TO SAVEPOINT paragraph")
            try execute("RELEASE SAVEPOINT paragraph")
            throw error
        }
    }

    fileprivate func log(_ order: CommandOrder, _ report: CommandReport) throws {
        let id = try insert(
            """
            INSERT INTO command_log (received, origin, client, session, path, sha256, signer, signing_key, signature, text, report)
            VALUES (:received, :origin, :client, :session, :path, :sha256, :signer, :key, :signature, :text, :report) RETURNING id
            """,
            [
                "received": order.received, "origin": order.origin, "client": order.place?.client?.description,
                "session": order.place?.upload.session, "path": order.place?.upload.path,
                "sha256": order.place?.upload.sha256, "signer": order.signer?.id,
                "key": order.signingKey, "signature": order.signature, "text": order.text,
                "report": try JSONText.encode(report),
            ])
        if !report.isDryRun { try noteArchives(changedBy: report, command: id) }
    }

    /// Only what was done is noted: what strangers ask for in vain stands on no archive's page.
    private func noteArchives(changedBy report: CommandReport, command: Int64) throws {
        for result in report.results where result.isDone {
            for archive in try archives(namedIn: result.paragraph) {
                try execute(
                    "INSERT INTO command_archive (archive, command) VALUES (:archive, :command) ON CONFLICT DO NOTHING",
                    ["archive": archive.id, "command": command])
            }
        }
    }
}
