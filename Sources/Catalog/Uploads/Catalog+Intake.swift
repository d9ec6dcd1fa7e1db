public import ArchiveModel

/// A signed text that has acted.
public struct SeenSignature: Sendable, Hashable {
    /// As what it acted: the path of the upload in its session, or the title of the command.
    public let what: String
    /// Unix seconds.
    public let seen: Int64
}

extension Catalog {
    public func seen(signature identity: String) async throws -> SeenSignature? {
        try await read { connection in
            try connection.row(
                "SELECT what, seen FROM seen_signature WHERE identity = :identity", ["identity": identity]
            ).map { SeenSignature(what: try $0.text("what"), seen: try $0.integer("seen")) }
        }
    }

    /// When the next held or failed upload is to be judged again after a time, both in Unix seconds; nil when none waits.
    public func nextUploadDue(after time: Int64 = 0) async throws -> Int64? {
        try await read { connection in
            try connection.row(
                """
                SELECT u.retry_at AS next \(UploadRecord.waitingAndAwake) AND u.retry_at > :time
                ORDER BY u.retry_at LIMIT 1
                """, ["time": time]
            )?.optionalInteger("next")
        }
    }
}

extension Catalog {
    /// What the uploads of a session came to.
    public func outcomes(ofSession session: String) async throws -> Set<Verdict.Outcome> {
        try await read { connection in
            let rows = try connection.rows(
                "SELECT DISTINCT outcome FROM upload WHERE session = :session", ["session": session])
            return Set(try rows.map { try $0.parsed("outcome", Verdict.Outcome.init(rawValue:)) })
        }
    }
}

extension Catalog {
    /// What is kept with an accepted upload, in order of name: the `.changes` as it was signed is among it, so this is
    /// for the service's own eyes.
    public func records(ofUpload upload: Int64) async throws -> [StoredFile] {
        try await read { connection in
            try connection.rows(
                """
                SELECT u.name, f.* FROM upload_file u JOIN file f ON f.sha256 = u.sha256
                WHERE u.upload = :upload ORDER BY u.name
                """, ["upload": upload]
            ).map(StoredFile.init(row:))
        }
    }
}

extension Catalog {
    /// Forgets receipts of uploads that nobody was proven to have sent: those decided before `time` (Unix seconds), and all
    /// but the newest `limit`. Anybody can cause any number of them.
    public func forgetIgnored(decidedBefore time: Int64, butNewest limit: Int64) async throws {
        try await write { connection in
            try connection.execute(Connection.ignoredToForget, ["time": time, "limit": limit])
        }
    }

}

extension Connection {
    /// The signer need not be the sender: whoever has the signed text sends it as often as they like. Asked in the transaction
    /// that would write the letter, as many are decided at the same time.
    func hasHeardEnough(_ decision: Decision, now: Int64) throws -> Bool {
        guard let limit = decision.refusalLettersADay, let signer = decision.signer,
            [.rejected, .held].contains(decision.verdict.outcome)
        else { return false }
        return try lettersOfADay(to: signer, ["upload-%-rejected", "upload-%-held"], now: now) >= limit
    }

    /// How many were written to somebody since yesterday.
    /// - Parameter identities: patterns of LIKE, of which one fits.
    func lettersOfADay(to person: Person, _ identities: [String], now: Int64) throws -> Int64 {
        let fits = identities.map { "identity LIKE '\($0)'" }.joined(separator: " OR ")
        let row = try row(
            "SELECT count(*) AS letters FROM mail WHERE recipient = :recipient AND created >= :time AND (\(fits))",
            ["recipient": person.mail.description, "time": now - 86_400])
        return try row?.integer("letters") ?? 0
    }
}

extension Connection {
    /// Without DISTINCT, for which SQLite would go through all uploads in order of session.
    static let sessionsThatWait = "SELECT session FROM upload WHERE outcome IN ('held', 'failed')"

    /// `+decided`: by the few ignored ones, and not by the index of all uploads by their time.
    static let ignoredToForget = """
        DELETE FROM upload WHERE outcome = 'ignored' AND (+decided < :time OR +decided < (
            SELECT decided FROM upload WHERE outcome = 'ignored' ORDER BY +decided DESC LIMIT 1 OFFSET :limit))
        """
}
