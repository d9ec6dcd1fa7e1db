public import ArchiveModel
internal import DebianControl

/// How the catalog's picture of a base changed.
public struct BaseChange: Sendable, Hashable {
    /// How many it has now.
    public let sources: Int
    public let added: Int
    public let removed: Int

    public init(sources: Int, added: Int, removed: Int) {
        self.sources = sources
        self.added = added
        self.removed = removed
    }
}

extension Catalog {
    /// Rows written in one transaction: others, with uploads to decide, wait some milliseconds for it, and not for all of
    /// a distribution. No setting, as what is written is the same.
    private static let rowsAtOnce = 1000

    /// Brings the picture of a suite's base up to what its mirror has. Work grows with what changed. A crash between leaves
    /// a part of it done, and the next call does the rest.
    /// - Throws: `Conflict` when there is no such suite.
    @discardableResult
    public func setBase(
        _ sources: Set<BaseSource>, of suite: SuiteDescription, now: Int64
    ) async throws -> BaseChange {
        let id = try await read { try $0.suite(suite.name, of: suite.distribution) }
        let known = try await read { try $0.base(of: id) }
        let (added, removed) = (Array(sources.subtracting(known)), Array(known.subtracting(sources)))
        // First what is new: a source that only moved to another version is never missing.
        try await writeParts(of: added) { connection, source in try connection.insert(source, into: id) }
        try await writeParts(of: removed) { connection, source in try connection.delete(source, of: id) }
        try await write { connection in
            try connection.bringBackBase(of: id, now: now)
            try connection.execute(
                "UPDATE suite SET base_read = :now, base_fault = NULL WHERE id = :suite", ["now": now, "suite": id])
        }
        return BaseChange(sources: sources.count, added: added.count, removed: removed.count)
    }

    /// The base cannot be read: the admin's digest says so until it can. The time since it failed last counts, up to what the rule allows.
    public func setBaseFault(
        _ fault: String, of suite: SuiteDescription, rule: GoneBaseRule = GoneBaseRule(), now: Int64
    ) async throws {
        try await write { connection in
            try connection.execute(
                """
                UPDATE suite SET base_fault = :fault, base_failing = coalesce(base_failing, :now), base_failed_at = :now,
                    base_failed_for = base_failed_for + CASE WHEN base_failed_at IS NULL OR base_failed_at > :now THEN 0
                        WHEN :now - base_failed_at > :gap THEN :gap ELSE :now - base_failed_at END
                WHERE id = :suite
                """,
                [
                    "fault": fault, "now": now, "gap": rule.longestGap,
                    "suite": try connection.suite(suite.name, of: suite.distribution),
                ])
        }
    }

    /// Those of the sources that neither the archive ever had nor the suite's base has. None while its mirror was never
    /// read: nobody knows.
    public func unknown(
        _ sources: Set<SourceVersion>, in suite: ArchiveSuite, of archive: Archive
    ) async throws -> Set<SourceVersion> {
        try await read { connection in
            guard let base = try connection.readBase(of: suite) else { return [] }
            return try sources.filter { try !connection.isKnown($0, base: base, archive: archive.id) }
        }
    }

    private func writeParts(
        of sources: [BaseSource], _ body: @escaping @Sendable (Connection, BaseSource) throws -> Void
    ) async throws {
        for start in stride(from: 0, to: sources.count, by: Self.rowsAtOnce) {
            let part = sources[start..<min(start + Self.rowsAtOnce, sources.count)]
            try await write { connection in
                for source in part { try body(connection, source) }
            }
        }
    }
}

extension Connection {
    fileprivate func suite(_ name: SuiteName, of distribution: DistributionName) throws -> Int64 {
        let row = try row(
            """
            SELECT s.id FROM suite s JOIN distribution d ON d.id = s.distribution
            WHERE d.name = :distribution AND s.name = :name
            """, ["distribution": distribution, "name": name])
        guard let row else { throw Conflict("\(distribution) has no suite \(name).") }
        return try row.integer("id")
    }

    /// The distribution's suite, when the mirror of its base was read.
    fileprivate func readBase(of suite: ArchiveSuite) throws -> Int64? {
        try row(
            """
            SELECT s.id FROM archive_suite t JOIN suite s ON s.id = t.suite
            WHERE t.id = :suite AND s.base_read IS NOT NULL
            """, ["suite": suite.id])?.integer("id")
    }

    fileprivate func isKnown(_ source: SourceVersion, base: Int64, archive: Int64) throws -> Bool {
        try row(
            """
            SELECT 1 AS found FROM base_source WHERE suite = :base AND name = :name AND version = :version
            UNION ALL
            SELECT 1 FROM source s JOIN source_publication p ON p.source = s.id
                JOIN archive_suite t ON t.id = p.archive_suite
                WHERE s.name = :name AND s.version_key = :key AND t.archive = :archive
            LIMIT 1
            """,
            [
                "base": base, "name": source.name, "version": source.version, "key": source.version.sortKey,
                "archive": archive,
            ]) != nil
    }

    fileprivate func base(of suite: Int64) throws -> Set<BaseSource> {
        var sources: Set<BaseSource> = []
        try forEachRow(
            "SELECT name, version, component, is_extra FROM base_source WHERE suite = :suite", ["suite": suite]
        ) { row in
            sources.insert(
                BaseSource(
                    try row.parsed("name") { PackageName($0) }, try row.parsed("version") { PackageVersion($0) },
                    component: try row.parsed("component") { ComponentName($0) }, isExtra: try row.flag("is_extra")))
        }
        return sources
    }

    fileprivate func insert(_ source: BaseSource, into suite: Int64) throws {
        try execute(
            """
            INSERT INTO base_source (suite, name, version, version_key, component, is_extra)
            VALUES (:suite, :name, :version, :key, :component, :extra)
            """,
            [
                "suite": suite, "name": source.name, "version": source.version, "key": source.version.sortKey,
                "component": source.component, "extra": source.isExtra,
            ])
    }

    fileprivate func delete(_ source: BaseSource, of suite: Int64) throws {
        try execute(
            """
            DELETE FROM base_source WHERE suite = :suite AND name = :name AND version = :version
                AND component = :component AND is_extra = :extra
            """,
            [
                "suite": suite, "name": source.name, "version": source.version, "component": source.component,
                "extra": source.isExtra,
            ])
    }
}
