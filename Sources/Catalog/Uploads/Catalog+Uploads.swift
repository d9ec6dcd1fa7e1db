public import ArchiveModel

/// Where an upload came in, and what it was: the identity of its receipt.
public struct UploadIdentity: Sendable, Hashable {
    /// Name of the session's folder.
    public let session: String
    /// Path of the `.changes` or command file below the session's folder.
    public let path: String
    /// Of the `.changes` or command file as it was received.
    public let sha256: String

    public init(session: String, path: String, sha256: String) {
        self.session = session
        self.path = path
        self.sha256 = sha256
    }
}

/// What is written down with a verdict, and who is told.
public struct Decision: Sendable {
    public let verdict: Verdict
    public let report: UploadReport
    public let letters: [Letter]
    /// The signer's, once a signature proved one.
    public let signer: Person?
    /// When to judge again, for `held` and `failed`; Unix seconds.
    public let retryAt: Int64?
    /// How many orders about the upload were heeded; nil when none were looked for.
    public let ordersHeeded: Int?
    /// What waits in NEW.
    public let waiting: WaitingSource?
    /// Of an upload that waits: the archive that it is for, where there is one.
    public let heldFor: Int64?
    /// What the session of an upload that waits takes, in bytes.
    public let heldBytes: Int64
    /// Letters to one person in a day about uploads that were refused or wait: above it there are none. Nil: no bound.
    public let refusalLettersADay: Int64?

    public init(
        verdict: Verdict, report: UploadReport, letters: [Letter], signer: Person?, retryAt: Int64? = nil,
        ordersHeeded: Int? = nil, waiting: WaitingSource? = nil, heldFor: Int64? = nil,
        heldBytes: Int64 = 0, refusalLettersADay: Int64? = nil
    ) {
        self.refusalLettersADay = refusalLettersADay
        self.verdict = verdict
        self.report = report
        self.letters = letters
        self.signer = signer
        self.retryAt = retryAt
        self.ordersHeeded = ordersHeeded
        self.waiting = waiting
        self.heldFor = heldFor
        self.heldBytes = heldBytes
    }
}

/// An upload as the catalog remembers it.
public struct UploadRecord: Sendable, Hashable {
    public let id: Int64
    public let identity: UploadIdentity
    public let verdict: Verdict
    public let report: UploadReport
    public let received: Int64
    public let decided: Int64
    public let attempts: Int64
    public let retryAt: Int64?
}

extension Catalog {
    /// Writes a verdict down that changes nothing else: rejected, held, ignored, failed.
    /// - Parameter decide: makes verdict and letters once the upload has its number.
    /// - Throws: `Conflict` when the upload is decided already; held and failed ones are decided anew. Also when
    ///   an order about it has come that the decision does not heed, or another upload of this version waits in NEW.
    @discardableResult
    public func record(
        _ identity: UploadIdentity, received: Int64, now: Int64, decide: @escaping @Sendable (Int64) throws -> Decision
    ) async throws -> UploadRecord {
        try await write { connection in
            try connection.record(identity, received: received, now: now, archive: nil, source: nil, decide: decide)
        }
    }

    public func upload(_ identity: UploadIdentity) async throws -> UploadRecord? {
        try await read { try $0.upload(identity) }
    }

    public func upload(_ id: Int64) async throws -> UploadRecord? {
        try await read { connection in
            try connection.row("SELECT * FROM upload WHERE id = :id", ["id": id]).map(UploadRecord.init(row:))
        }
    }

    /// Newest first, of all archives.
    public func latestUploads(limit: Int) async throws -> [UploadRecord] {
        try await read { connection in
            try connection.rows("SELECT * FROM upload ORDER BY id DESC LIMIT :limit", ["limit": limit])
                .map(UploadRecord.init(row:))
        }
    }

    /// Held and failed uploads whose time has come, those that wait longest first.
    public func uploadsDue(now: Int64) async throws -> [UploadRecord] {
        try await read { connection in
            try connection.rows(
                """
                SELECT u.* \(UploadRecord.waitingAndAwake) AND u.retry_at <= :now ORDER BY u.retry_at, u.id
                """, ["now": now]
            ).map(UploadRecord.init(row:))
        }
    }

    /// Sessions with an upload that is not decided.
    public func sessionsThatWait() async throws -> Set<String> {
        try await read { connection in
            Set(try connection.rows(Connection.sessionsThatWait).map { try $0.text("session") })
        }
    }

    /// It waits for an archive that is taken down, until that is restored or deleted, and whatever its time was.
    public func isAsleep(_ upload: UploadRecord) async throws -> Bool {
        guard upload.verdict.outcome == .held else { return false }
        return try await read { connection in
            try connection.row(
                """
                SELECT u.id FROM upload u JOIN archive a ON a.id = u.held_for
                WHERE u.id = :id AND u.outcome = 'held' AND a.presence = 'hidden'
                """, ["id": upload.id]) != nil
        }
    }

    /// A signed text acts once; this one has, as commands.
    public func isSeen(command signature: String) async throws -> Bool {
        try await read { connection in
            try connection.row(
                "SELECT 1 AS yes FROM seen_signature WHERE identity = :identity",
                ["identity": CommandOrder.seenAs(signature)]) != nil
        }
    }
}

extension Connection {
    func upload(_ identity: UploadIdentity) throws -> UploadRecord? {
        try row(
            "SELECT * FROM upload WHERE session = :session AND path = :path AND sha256 = :sha256",
            ["session": identity.session, "path": identity.path, "sha256": identity.sha256]
        ).map(UploadRecord.init(row:))
    }

    /// The number comes first, so that verdict and letters can name the upload's page.
    func record(
        _ identity: UploadIdentity, received: Int64, now: Int64, archive: Int64?, source: Int64?,
        decide: (Int64) throws -> Decision
    ) throws -> UploadRecord {
        let id = try number(identity, received: received, now: now)
        let decision = try decide(id)
        try guardHeeded(decision.ordersHeeded, ofUpload: id)
        if let archive = decision.heldFor { try guardTakes(archive: archive) }
        try keep(waiting: decision.waiting, ofUpload: id)
        try execute(
            """
            UPDATE upload SET outcome = :outcome, verdict = :verdict, report = :report, archive = :archive,
                source = :source, signer = :signer, decided = :now, retry_at = :retry,
                held_bytes = :held, held_for = :held_for WHERE id = :id
            """,
            [
                "id": id, "outcome": decision.verdict.outcome, "verdict": try JSONText.encode(decision.verdict),
                "report": try JSONText.encode(decision.report),
                "archive": try archive ?? archiveLogging(decision), "source": source,
                "signer": decision.signer?.id, "now": now, "retry": decision.retryAt, "held": decision.heldBytes,
                "held_for": decision.heldFor,
            ])
        if try !hasHeardEnough(decision, now: now) { try queue(decision.letters, now: now) }
        try tellOwner(ofAccepted: decision, upload: id, archive: archive, now: now)
        guard let record = try upload(identity) else { throw CatalogFailure.noRow("upload") }
        return record
    }

    private func number(_ identity: UploadIdentity, received: Int64, now: Int64) throws -> Int64 {
        let row = try row(
            """
            INSERT INTO upload (session, path, sha256, outcome, verdict, report, received, decided)
            VALUES (:session, :path, :sha256, 'failed', '', '', :received, :now)
            ON CONFLICT (session, path, sha256) DO UPDATE SET attempts = upload.attempts + 1
                WHERE upload.outcome IN ('held', 'failed')
            RETURNING id
            """,
            [
                "session": identity.session, "path": identity.path, "sha256": identity.sha256, "received": received,
                "now": now,
            ])
        guard let row else { throw Conflict("The upload \(identity.session)/\(identity.path) is decided already.") }
        return try row.integer("id")
    }

    /// - Throws: `Conflict` when the text has acted before, and may not act again.
    func see(
        signature identity: String, of signer: Fingerprint, what: String, mayActAgain: Bool = false, now: Int64
    ) throws {
        let changed = try execute(
            """
            INSERT INTO seen_signature (identity, signer, seen, what) VALUES (:identity, :signer, :now, :what)
            ON CONFLICT (identity) DO NOTHING
            """, ["identity": identity, "signer": signer, "now": now, "what": what])
        guard changed == 1 || mayActAgain else { throw Conflict("This signed text has been taken before.") }
    }
}

extension UploadRecord {
    /// Of those that wait; without what is asleep, unless somebody has given it up.
    static let waitingAndAwake = """
        FROM upload u LEFT JOIN archive a ON a.id = u.held_for WHERE u.outcome IN ('held', 'failed')
            AND (a.presence IS NULL OR a.presence <> 'hidden' OR EXISTS (
                SELECT 1 FROM upload_order o WHERE o.upload = u.id AND o.act IN ('cancel', 'refuse')))
        """

    init(row: ResultRow) throws {
        id = try row.integer("id")
        identity = UploadIdentity(
            session: try row.text("session"), path: try row.text("path"), sha256: try row.text("sha256"))
        verdict = try JSONText.decode(Verdict.self, try row.text("verdict"))
        report = try JSONText.decode(UploadReport.self, try row.text("report"))
        received = try row.integer("received")
        decided = try row.integer("decided")
        attempts = try row.integer("attempts")
        retryAt = try row.optionalInteger("retry_at")
    }
}
