public import ArchiveModel

/// What has become of an upload: what its receipt says besides the verdict.
public struct UploadStory: Sendable {
    public struct Publication: Sendable, Hashable {
        public let suite: SuiteName
        public let state: PublicationState
        /// When the package was superseded or deleted, in Unix seconds.
        public let ended: Int64?
    }

    /// A mail about the upload.
    public struct Mail: Sendable, Hashable {
        /// What it tells: "accepted", "held" …
        public let topic: String
        public let state: OutboxEntry.State
        /// In Unix seconds.
        public let created: Int64
        public let sent: Int64?
    }

    /// Whose key signed it, when it is one that is registered.
    public let signer: OwnerName?
    public let publications: [Publication]
    public let builds: [BuildRecord]
    /// In the order in which they were written.
    public let mails: [Mail]
}

extension Catalog {
    public func story(of upload: UploadRecord) async throws -> UploadStory {
        try await read { connection in
            UploadStory(
                signer: try connection.signer(of: upload.id), publications: try connection.publications(of: upload.id),
                builds: try connection.builds(of: upload.id), mails: try connection.mails(about: upload.id))
        }
    }
}

extension Connection {
    fileprivate func signer(of upload: Int64) throws -> OwnerName? {
        try row("SELECT o.name FROM upload u JOIN owner o ON o.id = u.signer WHERE u.id = :id", ["id": upload])?
            .parsed("name") { OwnerName($0) }
    }

    fileprivate func publications(of upload: Int64) throws -> [UploadStory.Publication] {
        try rows(
            """
            SELECT t.name AS suite, p.state, p.ended FROM upload u JOIN source_publication p ON p.source = u.source
            JOIN archive_suite a ON a.id = p.archive_suite AND a.archive = u.archive JOIN suite t ON t.id = a.suite
            WHERE u.id = :id ORDER BY p.id
            """, ["id": upload]
        ).map(UploadStory.Publication.init(row:))
    }

    fileprivate func builds(of upload: Int64) throws -> [BuildRecord] {
        try rows(
            """
            \(BuildRecord.select) JOIN upload u ON u.source = b.source AND u.archive = a.archive
            WHERE u.id = :id ORDER BY b.id
            """, ["id": upload]
        ).map(BuildRecord.init(row:))
    }

    /// Their identities begin with the upload's.
    fileprivate func mails(about upload: Int64) throws -> [UploadStory.Mail] {
        let start = "upload-\(upload)-"
        return try rows(
            """
            SELECT identity, state, created, sent FROM mail WHERE identity >= :start AND identity < :end ORDER BY id
            """, ["start": start, "end": "upload-\(upload)."]
        ).map { try UploadStory.Mail(row: $0, start: start) }
    }
}

extension UploadStory.Publication {
    fileprivate init(row: ResultRow) throws {
        suite = try row.parsed("suite") { SuiteName($0) }
        state = try row.parsed("state", PublicationState.init(rawValue:))
        ended = try row.optionalInteger("ended")
    }
}

extension UploadStory.Mail {
    fileprivate init(row: ResultRow, start: String) throws {
        topic = String(try row.text("identity").dropFirst(start.count))
        state = try row.parsed("state", OutboxEntry.State.init(rawValue:))
        created = try row.integer("created")
        sent = try row.optionalInteger("sent")
    }
}
