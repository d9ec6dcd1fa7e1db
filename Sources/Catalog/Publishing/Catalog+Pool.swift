public import ArchiveModel
public import DebianControl

/// Where a file lies in an archive's pool.
public struct PoolPlace: Sendable, Hashable {
    public let component: ComponentName
    /// The source package it is of, or was built from.
    public let source: PackageName
    public let file: FileName

    public init(component: ComponentName, source: PackageName, file: FileName) {
        self.component = component
        self.source = source
        self.file = file
    }

    /// Below the archive: `pool/main/h/hello`. Indices name it, apt appends it to the archive's address.
    public var folder: String { "pool/\(component)/\(source.poolPrefix)/\(source)" }
    /// Below the archive: `pool/main/h/hello/hello_2.10-3.dsc`.
    public var path: String { "\(folder)/\(file)" }
}

extension Catalog {
    /// Files that no live publication of the archive needs, and none that ended after `cutoff` (Unix seconds) needed.
    ///
    /// Empty while a suite of the archive waits for the publisher: its indices may still name them.
    public func poolFilesEnded(before cutoff: Int64, in archive: Archive) async throws -> [PoolPlace] {
        try await read { try $0.poolFilesEnded(before: cutoff, in: archive) }
    }

    /// They are removed, and no longer count. One that is needed again by now stays.
    public func forgetPoolFiles(endedBefore cutoff: Int64, in archive: Archive) async throws {
        try await write { connection in
            for place in try connection.poolFilesEnded(before: cutoff, in: archive) {
                try connection.letGo(of: place.file, in: archive)
            }
        }
    }

    /// A row for every file of every publication the archive ever had; a live one has no `ended`.
    fileprivate static let usesOfPoolFiles = """
        SELECT p.component, s.name AS source, s.dsc_name AS file, p.ended
        FROM source_publication p JOIN archive_suite a ON a.id = p.archive_suite JOIN source s ON s.id = p.source
        WHERE a.archive = :archive
        UNION ALL
        SELECT p.component, s.name, f.name, p.ended
        FROM source_publication p JOIN archive_suite a ON a.id = p.archive_suite JOIN source s ON s.id = p.source
        JOIN source_file f ON f.source = s.id WHERE a.archive = :archive
        UNION ALL
        SELECT p.component, s.name, b.file_name, p.ended
        FROM binary_publication p JOIN archive_suite a ON a.id = p.archive_suite JOIN binary b ON b.id = p.binary
        JOIN source s ON s.id = b.source WHERE a.archive = :archive
        """
}

extension Connection {
    fileprivate func poolFilesEnded(before cutoff: Int64, in archive: Archive) throws -> [PoolPlace] {
        guard try !hasWaitingSuite(archive) else { return [] }
        return try rows(
            """
            SELECT component, source, file FROM (\(Catalog.usesOfPoolFiles)) AS used
            WHERE EXISTS (SELECT 1 FROM pool_file h WHERE h.archive = :archive AND h.name = used.file)
            GROUP BY component, source, file HAVING count(*) = count(ended) AND max(ended) <= :cutoff
            """, ["archive": archive.id, "cutoff": cutoff]
        ).map(PoolPlace.init(row:))
    }

    fileprivate func letGo(of file: FileName, in archive: Archive) throws {
        let gone = try row(
            "DELETE FROM pool_file WHERE archive = :archive AND name = :name RETURNING size",
            ["archive": archive.id, "name": file])
        guard let gone else { return }
        try execute(
            "UPDATE archive SET bytes = bytes - :size WHERE id = :archive",
            ["archive": archive.id, "size": try gone.integer("size")])
    }

    fileprivate func hasWaitingSuite(_ archive: Archive) throws -> Bool {
        try row(
            "SELECT id FROM archive_suite WHERE archive = :archive AND changed > published LIMIT 1",
            ["archive": archive.id]) != nil
    }
}

extension PoolPlace {
    fileprivate init(row: ResultRow) throws {
        component = try row.parsed("component") { ComponentName($0) }
        source = try row.parsed("source") { PackageName($0) }
        file = try row.parsed("file") { FileName($0) }
    }
}
