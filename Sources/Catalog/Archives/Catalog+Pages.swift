public import ArchiveModel
public import DebianControl

/// An archive in the list of all.
public struct ArchiveSummary: Sendable, Hashable {
    public let reference: ArchiveReference
    public let kind: ArchiveKind
    public let description: String
    /// Source packages that are pending or published, counted once for all suites.
    public let packages: Int64
}

/// A source package that is pending or published in a suite, with its builds there.
public struct PackageSummary: Sendable, Hashable {
    public struct Build: Sendable, Hashable {
        public let id: Int64
        public let architecture: Architecture
        public let state: BuildState
    }

    public let suite: SuiteName
    public let name: PackageName
    public let version: PackageVersion
    public let state: PublicationState
    /// When it was accepted, in Unix seconds.
    public let created: Int64
    /// From which suite of a base it was imported, or of which version it is a rebuild, and by which command; nil of what people upload.
    public let origin: String?
    public let builds: [Build]
}

/// How much work stands in line.
public struct Backlog: Sendable, Hashable {
    public let builds: Int64
    /// Suites that changed since they were last published.
    public let suites: Int64
    public let mails: Int64
    /// Uploads that the service failed to judge.
    public let failedUploads: Int64
}

extension Catalog {
    /// In order of reference; at most `limit`, those after `after`.
    /// - Parameter external: the external ones, or all others.
    public func archiveSummaries(external: Bool = false, after: String = "", limit: Int) async throws
        -> [ArchiveSummary]
    {
        try await read { connection in
            try connection.rows(
                """
                SELECT r.reference, r.kind, r.description, (
                    SELECT count(DISTINCT s.name) FROM archive_suite a JOIN source_publication p ON p.archive_suite = a.id
                    JOIN source s ON s.id = p.source WHERE a.archive = r.id AND p.state IN ('pending', 'published')
                ) AS packages
                FROM archive r WHERE r.reference > :after AND r.presence = 'shown' AND (r.kind = 'external') = :external
                ORDER BY r.reference LIMIT :limit
                """, ["external": external, "after": after, "limit": limit]
            ).map(ArchiveSummary.init(row:))
        }
    }

    /// The live packages of `limit` names after `after`, in order of name, suite and version.
    public func packageSummaries(in archive: Archive, after: String = "", limit: Int) async throws -> [PackageSummary] {
        try await read { connection in
            let rows = try connection.rows(
                """
                WITH live AS (
                    SELECT t.name AS suite, p.archive_suite, p.source, p.state, p.created, s.name, s.version, s.version_key,
                        s.origin
                    FROM archive_suite a JOIN suite t ON t.id = a.suite JOIN source_publication p ON p.archive_suite = a.id
                    JOIN source s ON s.id = p.source
                    WHERE a.archive = :archive AND p.state IN ('pending', 'published') AND s.name > :after)
                SELECT * FROM live WHERE name IN (SELECT DISTINCT name FROM live ORDER BY name LIMIT :limit)
                ORDER BY name, suite, version_key
                """, ["archive": archive.id, "after": after, "limit": limit])
            return try rows.map { try PackageSummary(row: $0, builds: connection.builds(forSummary: $0)) }
        }
    }

    /// The newest uploads that this archive accepted.
    public func latestUploads(to archive: Archive, limit: Int) async throws -> [UploadRecord] {
        try await read { connection in
            try connection.rows(
                """
                SELECT * FROM upload WHERE archive = :archive AND outcome = 'accepted' ORDER BY id DESC LIMIT :limit
                """, ["archive": archive.id, "limit": limit]
            ).map(UploadRecord.init(row:))
        }
    }

    /// The receipts of a `.changes` or command file by the SHA-256 of its bytes as they were sent, newest first.
    public func uploads(sha256: String, limit: Int) async throws -> [UploadRecord] {
        try await read { connection in
            try connection.rows(
                "SELECT * FROM upload WHERE sha256 = :sha256 ORDER BY id DESC LIMIT :limit",
                ["sha256": sha256, "limit": limit]
            ).map(UploadRecord.init(row:))
        }
    }

    /// The receipts of a session, newest first.
    public func uploads(session: String, limit: Int) async throws -> [UploadRecord] {
        try await read { connection in
            try connection.rows(
                "SELECT * FROM upload WHERE session = :session ORDER BY id DESC LIMIT :limit",
                ["session": session, "limit": limit]
            ).map(UploadRecord.init(row:))
        }
    }

    public func backlog() async throws -> Backlog {
        try await read { connection in
            let row = try connection.row(
                """
                SELECT (SELECT count(*) FROM build WHERE state IN ('wanted', 'building', 'uploading')) AS builds,
                    (SELECT count(*) FROM archive_suite WHERE changed > published) AS suites,
                    (SELECT count(*) FROM mail WHERE state = 'queued') AS mails,
                    (SELECT count(*) FROM upload WHERE outcome = 'failed') AS failed_uploads
                """)
            guard let row else { throw CatalogFailure.noRow("backlog") }
            return Backlog(
                builds: try row.integer("builds"), suites: try row.integer("suites"), mails: try row.integer("mails"),
                failedUploads: try row.integer("failed_uploads"))
        }
    }
}

extension Connection {
    fileprivate func builds(forSummary row: ResultRow) throws -> [PackageSummary.Build] {
        try rows(
            """
            SELECT id, architecture, state FROM build WHERE source = :source AND archive_suite = :suite
            ORDER BY architecture
            """, ["source": try row.integer("source"), "suite": try row.integer("archive_suite")]
        ).map { build in
            PackageSummary.Build(
                id: try build.integer("id"), architecture: try build.parsed("architecture") { Architecture($0) },
                state: try build.parsed("state", BuildState.init(rawValue:)))
        }
    }
}

extension ArchiveSummary {
    fileprivate init(row: ResultRow) throws {
        reference = try row.parsed("reference") { ArchiveReference($0) }
        kind = try row.parsed("kind", ArchiveKind.init(rawValue:))
        description = try row.text("description")
        packages = try row.integer("packages")
    }
}

extension PackageSummary {
    fileprivate init(row: ResultRow, builds: [Build]) throws {
        suite = try row.parsed("suite") { SuiteName($0) }
        name = try row.parsed("name") { PackageName($0) }
        version = try row.parsed("version") { PackageVersion($0) }
        state = try row.parsed("state", PublicationState.init(rawValue:))
        created = try row.integer("created")
        origin = try row.optionalText("origin")
        self.builds = builds
    }
}
