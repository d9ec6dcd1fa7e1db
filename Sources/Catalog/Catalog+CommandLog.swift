public import ArchiveModel

/// A text of commands that came, as it is kept for ever.
public struct LoggedCommand: Sendable, Hashable {
    public let id: Int64
    /// Unix seconds.
    public let received: Int64
    /// Session and path, or the mail's Message-ID.
    public let origin: String
    /// Nil when the key belonged to nobody who might command.
    public let signer: OwnerName?
    public let key: Fingerprint
    /// What the signature covers.
    public let text: String
    public let report: CommandReport
}

extension Catalog {
    /// Newest first.
    /// - Parameter signer: nil for everybody.
    public func loggedCommands(of signer: Person? = nil, limit: Int) async throws -> [LoggedCommand] {
        try await read { connection in
            try connection.rows(
                """
                \(LoggedCommand.select) WHERE l.signer = :signer OR :signer IS NULL ORDER BY l.id DESC LIMIT :limit
                """, ["signer": signer?.id, "limit": limit]
            ).map(LoggedCommand.init(row:))
        }
    }

    public func loggedCommand(_ id: Int64) async throws -> LoggedCommand? {
        try await read { connection in
            try connection.row("\(LoggedCommand.select) WHERE l.id = :id", ["id": id]).map(LoggedCommand.init(row:))
        }
    }
}

extension LoggedCommand {
    fileprivate static let select = "SELECT l.*, o.name FROM command_log l LEFT JOIN owner o ON o.id = l.signer"

    fileprivate init(row: ResultRow) throws {
        id = try row.integer("id")
        received = try row.integer("received")
        origin = try row.text("origin")
        signer = try row.optionalParsed("name") { OwnerName($0) }
        key = try row.parsed("signing_key") { Fingerprint($0) }
        text = try row.text("text")
        report = try JSONText.decode(CommandReport.self, try row.text("report"))
    }
}
