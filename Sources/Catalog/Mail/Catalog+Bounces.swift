internal import ArchiveModel

/// A mail of ours that came back, or is late.
public struct Bounce: Sendable, Hashable {
    public let mail: Int64
    public let identity: String
    /// Unix seconds.
    public let received: Int64
    /// It was given up.
    public let isFinal: Bool
    public let cause: String
}

extension Catalog {
    /// Which mail came back, and why it is believed.
    public enum BouncedMail: Sendable {
        /// The word is known to whom the mail was sent.
        case number(Int64, token: String)
        /// It names the mail, as anybody could who guesses its identity.
        case identity(String)
    }

    /// Writes down that a mail came back: it is dead when that is for good.
    /// - Returns: its number, or `nil` when there is no such mail.
    public func recordBounce(
        _ mail: BouncedMail, isFinal: Bool, cause: String, now: Int64
    ) async throws -> Int64? {
        try await write { connection in
            guard let number = try connection.find(mail) else { return nil }
            try connection.execute(
                """
                INSERT INTO bounce (mail, received, is_final, cause) SELECT :mail, :now, :final, :cause
                WHERE (SELECT count(*) FROM bounce WHERE mail = :mail) < :limit
                """,
                ["mail": number, "now": now, "final": isFinal, "cause": cause, "limit": Connection.bouncesOfAMail])
            guard isFinal else { return number }
            try connection.execute(
                """
                UPDATE mail SET state = 'dead', next_attempt = :now, last_error = :cause
                WHERE id = :mail AND state = 'sent' AND collected_in IS NULL
                """, ["mail": number, "now": now, "cause": "It came back: \(cause)"])
            return number
        }
    }

    /// The newest of a person's mails that came back.
    public func bounces(of person: Person, limit: Int) async throws -> [Bounce] {
        try await read { connection in
            try connection.rows(
                """
                SELECT b.mail, m.identity, b.received, b.is_final, b.cause FROM bounce b JOIN mail m ON m.id = b.mail
                WHERE m.recipient = :mail ORDER BY b.id DESC LIMIT :limit
                """, ["mail": person.mail.description, "limit": limit]
            ).map { row in
                Bounce(
                    mail: try row.integer("mail"), identity: try row.text("identity"),
                    received: try row.integer("received"), isFinal: try row.flag("is_final"),
                    cause: try row.text("cause"))
            }
        }
    }
}

extension Connection {
    /// Servers tell once that a mail is late and once that it is given up; whoever sends more of them fills nothing.
    fileprivate static let bouncesOfAMail = 10

    fileprivate func find(_ mail: Catalog.BouncedMail) throws -> Int64? {
        switch mail {
        case .number(let number, let token):
            try row(
                "SELECT id FROM mail WHERE id = :id AND bounce_token = :token", ["id": number, "token": token]
            )?.integer("id")
        case .identity(let identity):
            try row(
                "SELECT id FROM mail WHERE identity = :identity AND attempts > 0", ["identity": identity]
            )?.integer("id")
        }
    }
}
