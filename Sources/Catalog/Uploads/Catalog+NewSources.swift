public import ArchiveModel
public import DebianControl

/// A source that waits in NEW. While it does its version is taken, and an older one is refused.
public struct WaitingSource: Sendable, Hashable {
    public let archive: Int64
    public let suite: SuiteName
    public let name: PackageName
    public let version: PackageVersion

    public init(archive: Int64, suite: SuiteName, name: PackageName, version: PackageVersion) {
        self.archive = archive
        self.suite = suite
        self.name = name
        self.version = version
    }
}

/// The names of an upload that its archive never had.
public struct NewNames: Sendable, Hashable {
    public let isSourceNew: Bool
    public let binaries: [PackageName]

    public static let none = NewNames(isSourceNew: false, binaries: [])

    public var isEmpty: Bool { !isSourceNew && binaries.isEmpty }
}

extension Catalog {
    /// What of these names was never accepted into the archive.
    public func newNames(
        source: PackageName, binaries: [PackageName], in archive: Archive
    ) async throws -> NewNames {
        try await read { try $0.newNames(source: source, binaries: binaries, inArchive: archive.id) }
    }

    /// What waits in NEW of this source, with the number of its upload.
    public func waiting(
        _ name: PackageName, in archive: Archive
    ) async throws -> [(upload: Int64, source: WaitingSource)] {
        try await read { connection in
            try connection.rows(
                "SELECT * FROM waiting_source WHERE archive = :archive AND name = :name ORDER BY upload",
                ["archive": archive.id, "name": name]
            ).map { (upload: try $0.integer("upload"), source: try WaitingSource(row: $0)) }
        }
    }

    /// The uploads that wait in NEW, oldest first; of one archive, or of all.
    public func uploadsInNew(of archive: Archive? = nil) async throws -> [UploadRecord] {
        try await read { connection in
            try connection.rows(
                """
                SELECT u.* FROM waiting_source w JOIN upload u ON u.id = w.upload
                WHERE w.archive = :archive OR :archive IS NULL ORDER BY u.id
                """, ["archive": archive?.id]
            ).map(UploadRecord.init(row:))
        }
    }
}

extension Connection {
    func newNames(source: PackageName, binaries: [PackageName], inArchive archive: Int64) throws -> NewNames {
        let known = try row(
            """
            SELECT 1 AS yes FROM source s JOIN source_publication p ON p.source = s.id
            JOIN archive_suite a ON a.id = p.archive_suite WHERE s.name = :name AND a.archive = :archive LIMIT 1
            """, ["name": source, "archive": archive])
        let unknown = try binaries.filter { name in
            try row(
                "SELECT 1 AS yes FROM known_binary WHERE archive = :archive AND name = :name",
                ["archive": archive, "name": name]) == nil
        }
        return NewNames(isSourceNew: known == nil, binaries: unknown)
    }

    /// - Throws: `Conflict` when another upload of this version waits.
    func keep(waiting source: WaitingSource?, ofUpload upload: Int64) throws {
        try execute("DELETE FROM waiting_source WHERE upload = :upload", ["upload": upload])
        guard let source else { return }
        let changed = try execute(
            """
            INSERT INTO waiting_source (upload, archive, suite, name, version)
            VALUES (:upload, :archive, :suite, :name, :version) ON CONFLICT (archive, name, version) DO NOTHING
            """,
            [
                "upload": upload, "archive": source.archive, "suite": source.suite, "name": source.name,
                "version": source.version,
            ])
        guard changed == 1 else { throw Conflict("\(source.name) \(source.version) waits in NEW by now.") }
    }

    /// The packages that the source says it makes are known from now on.
    func know(_ source: AcceptedSource) throws {
        let names = (source.control["Binary"] ?? "").split { $0 == "," || $0.isWhitespace }
        for name in names.compactMap({ PackageName($0) }) { try know(name, inArchive: source.archive.id) }
    }

    func know(_ package: PackageName, inArchive archive: Int64) throws {
        try execute(
            "INSERT INTO known_binary (archive, name) VALUES (:archive, :name) ON CONFLICT (archive, name) DO NOTHING",
            ["archive": archive, "name": package])
    }
}

extension WaitingSource {
    fileprivate init(row: ResultRow) throws {
        self.init(
            archive: try row.integer("archive"), suite: try row.parsed("suite") { SuiteName($0) },
            name: try row.parsed("name") { PackageName($0) }, version: try row.parsed("version") { PackageVersion($0) })
    }
}
