public import ArchiveModel

/// The upload that brought a text of commands.
public struct CommandPlace: Sendable, Hashable {
    public let upload: UploadIdentity
    /// As the door says; nil of mails.
    public let client: ClientAddress?

    public init(upload: UploadIdentity, client: ClientAddress?) {
        (self.upload, self.client) = (upload, client)
    }
}

/// A text of commands that came, as it is kept for ever.
public struct LoggedCommand: Sendable, Hashable {
    public let id: Int64
    /// Unix seconds.
    public let received: Int64
    /// Session and path, or the mail's Message-ID.
    public let origin: String
    /// The client's address; nil of mails, and where it was not written down.
    public let client: ClientAddress?
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

    /// What of an archive was changed by commands, newest first.
    public func commands(changing archive: Archive, limit: Int) async throws -> [DoneCommands] {
        try await read { connection in
            try connection.rows(
                """
                \(DoneCommands.select) JOIN command_archive c ON c.command = l.id
                WHERE c.archive = :archive ORDER BY l.id DESC LIMIT :limit
                """, ["archive": archive.id, "limit": limit]
            ).map(DoneCommands.init(row:))
        }
    }

    /// What a person changed by commands, newest first.
    public func commands(by owner: OwnerName, limit: Int) async throws -> [DoneCommands] {
        try await read { connection in
            try connection.rows(
                """
                \(DoneCommands.select) WHERE o.name = :owner
                    AND EXISTS (SELECT 1 FROM command_archive c WHERE c.command = l.id)
                ORDER BY l.id DESC LIMIT :limit
                """, ["owner": owner, "limit": limit]
            ).map(DoneCommands.init(row:))
        }
    }

    /// What came of the text that an upload brought; nil where it was none, or had acted before.
    public func commandReport(of upload: UploadIdentity) async throws -> CommandReport? {
        try await read { connection in
            try connection.row(
                "SELECT report FROM command_log WHERE session = :session AND path = :path AND sha256 = :sha256",
                ["session": upload.session, "path": upload.path, "sha256": upload.sha256]
            ).map { try JSONText.decode(CommandReport.self, try $0.text("report")) }
        }
    }

    /// Whether a paragraph of commands is about an archive that is not to be seen.
    public func isAboutWithdrawn(paragraph: String) async throws -> Bool {
        try await read { connection in
            try connection.archives(namedIn: paragraph).contains { $0.presence != .shown }
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
        client = try row.optionalParsed("client") { ClientAddress($0) }
        signer = try row.optionalParsed("name") { OwnerName($0) }
        key = try row.parsed("signing_key") { Fingerprint($0) }
        text = try row.text("text")
        report = try JSONText.decode(CommandReport.self, try row.text("report"))
    }
}
