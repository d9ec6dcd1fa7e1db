public import ArchiveModel
public import DebianControl

/// One version of a source that an archive has, or had.
public struct SourceHistory: Sendable, Hashable {
    public let version: PackageVersion
    public let suite: SuiteName
    public let state: PublicationState
    /// Unix seconds.
    public let created: Int64
    public let dscSHA256: String

    public var isLive: Bool { state == .pending || state == .published }
}

extension Catalog {
    /// Every version of the source this archive ever had, in any suite, newest publication first.
    public func history(of name: PackageName, in archive: Archive) async throws -> [SourceHistory] {
        try await read { connection in
            try connection.rows(
                """
                SELECT s.version, s.dsc_sha256, t.name AS suite, p.state, p.created
                FROM source_publication p JOIN source s ON s.id = p.source
                JOIN archive_suite a ON a.id = p.archive_suite JOIN suite t ON t.id = a.suite
                WHERE a.archive = :archive AND s.name = :name ORDER BY p.id DESC
                """, ["archive": archive.id, "name": name]
            ).map(SourceHistory.init(row:))
        }
    }
}

extension SourceHistory {
    fileprivate init(row: ResultRow) throws {
        version = try row.parsed("version") { PackageVersion($0) }
        suite = try row.parsed("suite") { SuiteName($0) }
        state = try row.parsed("state", PublicationState.init(rawValue:))
        created = try row.integer("created")
        dscSHA256 = try row.text("dsc_sha256")
    }
}
