public import ArchiveModel

/// A letter in the outbox, and how far it has come.
public struct OutboxEntry: Sendable, Hashable {
    public enum State: String, Sendable, Hashable, CaseIterable {
        case queued, sent
        /// Given up: only `resend` brings it back.
        case dead
    }

    public let id: Int64
    public let identity: String
    public let recipient: String
    public let state: State
    /// Deliveries begun so far.
    public let attempts: Int64
    /// When it is due, in Unix seconds; while it is being delivered, when that claim runs out.
    public let nextAttempt: Int64
    public let lastError: String?
    public let created: Int64
    public let sent: Int64?
    /// The mail that this one was sent in, with others.
    public let collectedIn: Int64?
    /// Told in the envelope of the mail, and nowhere else.
    public let bounceToken: String?
    /// `nil` when the letter was stored by a version whose letters this one cannot read.
    public let letter: Letter?
}

extension Catalog {
    /// Queues letters that tell of something outside any other transaction.
    public func queue(_ letters: [Letter], now: Int64) async throws {
        try await write { try $0.queue(letters, now: now) }
    }

    /// Takes up to `limit` due letters, those that are due longest first, for this caller alone: until `lease` they are due for nobody else,
    /// so a mailer that dies meanwhile only delays them. Their attempts count this one.
    /// - Parameters:
    ///   - rate: what is above it is collected first.
    ///   - token: makes a word that proves a bounce of a letter: whoever knows it was sent the letter.
    public func claimDueLetters(
        limit: Int, lease: Int64, now: Int64, rate: LetterRate? = nil, token: @escaping @Sendable () -> String
    ) async throws -> [OutboxEntry] {
        try await write { connection in
            if let rate { try connection.collect(above: rate, now: now) }
            let ids = try connection.rows(Connection.dueLetters, ["now": now, "limit": limit])
                .map { try $0.integer("id") }
            return try ids.compactMap { id in
                try connection.row(
                    """
                    UPDATE mail SET attempts = attempts + 1, next_attempt = :lease,
                        bounce_token = coalesce(bounce_token, :token) WHERE id = :id RETURNING *
                    """, ["lease": lease, "token": token(), "id": id]
                ).map(OutboxEntry.init(row:))
            }
        }
    }

    public func markSent(_ entry: OutboxEntry, now: Int64) async throws {
        try await write { connection in
            try connection.execute(
                "UPDATE mail SET state = 'sent', sent = :now, last_error = NULL WHERE id = :id AND state = 'queued'",
                ["now": now, "id": entry.id])
        }
    }

    /// The delivery failed and is tried again at `next`.
    public func postpone(_ entry: OutboxEntry, until next: Int64, error: String) async throws {
        try await write { connection in
            try connection.execute(
                "UPDATE mail SET next_attempt = :next, last_error = :error WHERE id = :id AND state = 'queued'",
                ["next": next, "error": error, "id": entry.id])
        }
    }

    public func giveUp(_ entry: OutboxEntry, error: String) async throws {
        try await write { connection in
            try connection.execute(
                "UPDATE mail SET state = 'dead', last_error = :error WHERE id = :id AND state = 'queued'",
                ["error": error, "id": entry.id])
        }
    }

    /// When the next letter is due, in Unix seconds; `nil` when none waits.
    public func nextLetterDue() async throws -> Int64? {
        try await read { connection in
            try connection.row("SELECT min(next_attempt) AS next FROM mail WHERE state = 'queued'")?
                .optionalInteger("next")
        }
    }

    /// The newest letters, of one state or of all.
    public func letters(_ state: OutboxEntry.State? = nil, limit: Int) async throws -> [OutboxEntry] {
        try await read { connection in
            try connection.rows(
                "SELECT * FROM mail WHERE :state IS NULL OR state = :state ORDER BY id DESC LIMIT :limit",
                ["state": state?.rawValue, "limit": limit]
            ).map(OutboxEntry.init(row:))
        }
    }

    public func letter(_ id: Int64) async throws -> OutboxEntry? {
        try await read { connection in
            try connection.row("SELECT * FROM mail WHERE id = :id", ["id": id]).map(OutboxEntry.init(row:))
        }
    }

    /// Makes a letter due now, whatever has become of it, with all its attempts before it again.
    /// - Throws: `Conflict` when there is none of that number.
    public func resend(_ id: Int64, now: Int64) async throws {
        try await write { connection in
            let changed = try connection.execute(
                """
                UPDATE mail SET state = 'queued', attempts = 0, next_attempt = :now, sent = NULL, collected_in = NULL
                WHERE id = :id
                """,
                ["now": now, "id": id])
            guard changed == 1 else { throw Conflict("There is no mail \(id).") }
        }
    }

    /// The same for all that were given up.
    /// - Returns: how many they are.
    public func resendDead(now: Int64) async throws -> Int {
        try await write { connection in
            try connection.execute(
                "UPDATE mail SET state = 'queued', attempts = 0, next_attempt = :now WHERE state = 'dead'",
                ["now": now])
        }
    }
}

extension Connection {
    /// By when they are due: by their number, every mail that was ever sent would be read to find them.
    static let dueLetters = """
        SELECT id FROM mail WHERE state = 'queued' AND next_attempt <= :now ORDER BY next_attempt, id LIMIT :limit
        """

    /// Queues letters in the transaction of what they tell. A letter of an identity that was queued before, sent or
    /// not, is the same letter and stays as it is.
    func queue(_ letters: [Letter], now: Int64) throws {
        for letter in letters {
            try execute(
                """
                INSERT INTO mail (identity, recipient, letter, state, next_attempt, created)
                VALUES (:identity, :recipient, :letter, 'queued', :now, :now) ON CONFLICT (identity) DO NOTHING
                """,
                [
                    "identity": letter.identity, "recipient": letter.recipient.description,
                    "letter": try JSONText.encode(letter), "now": now,
                ])
        }
    }
}

extension OutboxEntry {
    fileprivate init(row: ResultRow) throws {
        id = try row.integer("id")
        identity = try row.text("identity")
        recipient = try row.text("recipient")
        state = try row.parsed("state", State.init(rawValue:))
        attempts = try row.integer("attempts")
        nextAttempt = try row.integer("next_attempt")
        lastError = try row.optionalText("last_error")
        created = try row.integer("created")
        sent = try row.optionalInteger("sent")
        collectedIn = try row.optionalInteger("collected_in")
        bounceToken = try row.optionalText("bounce_token")
        letter = try? JSONText.decode(Letter.self, row.text("letter"))
    }
}
