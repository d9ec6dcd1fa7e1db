public import ArchiveModel
public import DebianControl

/// What apt is to see of one suite of one archive, as of one instant.
public struct SuiteSnapshot: Sendable {
    public let archive: Archive
    public let suite: ArchiveSuite
    /// Those of the distribution's suite.
    public let components: [ComponentName]
    /// How often the suite had changed: with this snapshot, all these changes are published.
    public let change: Int64
    /// Its pool may lack files that were published before: they are linked anew.
    public let isWhole: Bool
    /// In order of name and version.
    public let sources: [PublishedSource]
    /// In order of name, version and architecture.
    public let binaries: [PublishedBinary]
}

/// A source that is live in a suite.
public struct PublishedSource: Sendable {
    public let publication: Int64
    /// Apt has not seen it yet.
    public let isPending: Bool
    public let component: ComponentName
    public let name: PackageName
    public let section: String
    public let priority: String
    /// The `.dsc`'s paragraph.
    public let control: String
    public let dsc: StoredFile
    /// The files the `.dsc` lists.
    public let files: [StoredFile]
}

/// A binary that is live in a suite.
public struct PublishedBinary: Sendable {
    public let publication: Int64
    /// Apt has not seen it yet.
    public let isPending: Bool
    public let component: ComponentName
    /// The source it was built from, whose folder of the pool it lies in.
    public let source: PackageName
    public let architecture: Architecture
    public let section: String
    /// `nil`: as its control paragraph says.
    public let priority: String?
    /// The package's control paragraph.
    public let control: String
    public let file: StoredFile
}

/// A suite that has changed since it was published.
public struct WaitingSuite: Sendable, Hashable {
    public let archive: ArchiveReference
    /// Of the `ArchiveSuite`.
    public let id: Int64
    public let name: SuiteName
}

extension Catalog {
    /// The suites that wait for the publisher, in order of archive and name.
    public func suitesAwaitingPublication() async throws -> [WaitingSuite] {
        try await read { connection in
            try connection.rows(
                """
                SELECT a.reference, w.id, s.name FROM archive_suite w JOIN archive a ON a.id = w.archive
                JOIN suite s ON s.id = w.suite WHERE w.changed > w.published AND a.presence = 'shown' ORDER BY a.reference, s.name
                """
            ).map { row in
                WaitingSuite(
                    archive: try row.parsed("reference") { ArchiveReference($0) }, id: try row.integer("id"),
                    name: try row.parsed("name") { SuiteName($0) })
            }
        }
    }

    /// Everything of one suite, read in one transaction; nil when there is no such suite any more.
    /// - Parameter suite: the `ArchiveSuite`'s id.
    public func snapshot(ofSuite suite: Int64) async throws -> SuiteSnapshot? {
        try await read { try $0.snapshot(ofSuite: suite) }
    }

    /// Writes down that apt sees the snapshot now. What was accepted since the snapshot goes on waiting.
    ///
    /// Safe to repeat, also when a later snapshot is published by then.
    public func notePublished(_ snapshot: SuiteSnapshot, now: Int64) async throws {
        let sources = snapshot.sources.filter(\.isPending).map(\.publication)
        let binaries = snapshot.binaries.filter(\.isPending).map(\.publication)
        try await write { connection in
            try connection.execute(
                """
                UPDATE archive_suite SET published = :change, published_at = :now,
                    relinks = CASE WHEN changed = :change THEN 0 ELSE relinks END
                WHERE id = :suite AND published <= :change
                """, ["change": snapshot.change, "now": now, "suite": snapshot.suite.id])
            for id in sources { try connection.notePublished(id, in: "source_publication") }
            for id in binaries { try connection.notePublished(id, in: "binary_publication") }
            if snapshot.archive.kind == .external {
                try connection.noteAbsentSourcesPublished(inSuite: snapshot.suite.id)
            }
        }
    }
}

/// A suite that was taken out of its archive, and that apt may still see.
public struct RemovedSuite: Sendable {
    /// Of the `ArchiveSuite`.
    public let id: Int64
    public let name: SuiteName
    let change: Int64
}

extension Catalog {
    /// Nil when the archive has the suite, or is out of sight as a whole.
    /// - Parameter suite: the `ArchiveSuite`'s id.
    public func removedSuite(_ suite: Int64) async throws -> RemovedSuite? {
        try await read { connection in
            try connection.row(
                """
                SELECT w.changed, s.name FROM archive_suite w JOIN archive a ON a.id = w.archive
                JOIN suite s ON s.id = w.suite WHERE w.id = :suite AND w.is_removed = 1 AND a.presence = 'shown'
                """, ["suite": suite]
            ).map { row in
                RemovedSuite(
                    id: suite, name: try row.parsed("name") { SuiteName($0) }, change: try row.integer("changed"))
            }
        }
    }

    /// Writes down that apt does not see the suite. One that came back meanwhile goes on waiting.
    public func noteRemoved(_ suite: RemovedSuite) async throws {
        try await write { connection in
            try connection.execute(
                """
                UPDATE archive_suite SET published = :change
                WHERE id = :suite AND is_removed = 1 AND published <= :change
                """, ["change": suite.change, "suite": suite.id])
        }
    }
}

extension Connection {
    fileprivate func snapshot(ofSuite suite: Int64) throws -> SuiteSnapshot? {
        let row = try row(
            """
            SELECT a.*, w.changed, w.relinks, s.name AS suite_name, s.components AS suite_components FROM archive_suite w
            JOIN archive a ON a.id = w.archive JOIN suite s ON s.id = w.suite WHERE w.id = :suite
            """, ["suite": suite])
        guard let row else { return nil }
        let archive = try archive(row: row)
        guard let ofArchive = archive.suites.first(where: { $0.id == suite }) else { return nil }
        return SuiteSnapshot(
            archive: archive, suite: ofArchive, components: try row.words("suite_components") { ComponentName($0) },
            change: try row.integer("changed"), isWhole: try row.flag("relinks"),
            sources: ofArchive.isWithdrawn ? [] : try liveSources(inSuite: suite),
            binaries: ofArchive.isWithdrawn ? [] : try liveBinaries(inSuite: suite))
    }

    private func liveSources(inSuite suite: Int64) throws -> [PublishedSource] {
        let files = try filesOfLiveSources(inSuite: suite)
        var sources: [PublishedSource] = []
        try forEachRow(
            """
            SELECT p.id AS publication, p.state, p.component, s.id AS source, s.name AS source_name, s.control,
                coalesce(o.section, s.section) AS section, coalesce(o.priority, s.priority) AS priority,
                s.dsc_name AS name, f.*
            FROM source_publication p JOIN source s ON s.id = p.source JOIN file f ON f.sha256 = s.dsc_sha256
            JOIN archive_suite w ON w.id = p.archive_suite
            LEFT JOIN override o ON o.archive = w.archive AND o.kind = 'source' AND o.name = s.name
            WHERE p.archive_suite = :suite AND p.state IN ('pending', 'published') AND s.is_here = 1
            ORDER BY s.name, s.version_key, p.id
            """, ["suite": suite]
        ) { row in
            sources.append(try PublishedSource(row: row, files: files[row.integer("source")] ?? []))
        }
        return sources
    }

    private func filesOfLiveSources(inSuite suite: Int64) throws -> [Int64: [StoredFile]] {
        var files: [Int64: [StoredFile]] = [:]
        try forEachRow(
            """
            SELECT n.source, n.name, f.* FROM source_publication p JOIN source_file n ON n.source = p.source
            JOIN file f ON f.sha256 = n.sha256
            WHERE p.archive_suite = :suite AND p.state IN ('pending', 'published') ORDER BY n.source, n.name
            """, ["suite": suite]
        ) { row in
            files[try row.integer("source"), default: []].append(try StoredFile(row: row))
        }
        return files
    }

    private func liveBinaries(inSuite suite: Int64) throws -> [PublishedBinary] {
        var binaries: [PublishedBinary] = []
        try forEachRow(
            """
            SELECT p.id AS publication, p.state, p.component, s.name AS source_name, b.architecture, b.control,
                coalesce(o.section, b.section) AS section, o.priority, b.file_name AS name, f.*
            FROM binary_publication p JOIN binary b ON b.id = p.binary JOIN source s ON s.id = b.source
            JOIN file f ON f.sha256 = b.sha256 JOIN archive_suite w ON w.id = p.archive_suite
            LEFT JOIN override o ON o.archive = w.archive AND o.kind = 'binary' AND o.name = b.name
            WHERE p.archive_suite = :suite AND p.state IN ('pending', 'published')
            ORDER BY b.name, b.version_key, b.architecture, p.id
            """, ["suite": suite]
        ) { row in
            binaries.append(try PublishedBinary(row: row))
        }
        return binaries
    }

    /// A publication that has ended meanwhile stays ended.
    fileprivate func notePublished(_ publication: Int64, in table: String) throws {
        try execute(
            "UPDATE \(table) SET state = 'published' WHERE id = :id AND state = 'pending'", ["id": publication])
    }
}

extension PublishedSource {
    fileprivate init(row: ResultRow, files: [StoredFile]) throws {
        publication = try row.integer("publication")
        isPending = try row.text("state") == PublicationState.pending.rawValue
        component = try row.parsed("component") { ComponentName($0) }
        name = try row.parsed("source_name") { PackageName($0) }
        section = try row.text("section")
        priority = try row.text("priority")
        control = try row.text("control")
        dsc = try StoredFile(row: row)
        self.files = files
    }
}

extension PublishedBinary {
    fileprivate init(row: ResultRow) throws {
        publication = try row.integer("publication")
        isPending = try row.text("state") == PublicationState.pending.rawValue
        component = try row.parsed("component") { ComponentName($0) }
        source = try row.parsed("source_name") { PackageName($0) }
        architecture = try row.parsed("architecture") { Architecture($0) }
        section = try row.text("section")
        priority = try row.optionalText("priority")
        control = try row.text("control")
        file = try StoredFile(row: row)
    }
}
