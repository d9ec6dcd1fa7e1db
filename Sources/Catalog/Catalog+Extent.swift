public import ArchiveModel
internal import DebianControl

extension Catalog {
    /// How many sources of a suite are meant, and packages built from them; 0 where there is no such suite.
    /// - Parameter packages: with a version also what is there no more, as copies name it; nil: all that is pending or
    ///   published.
    public func extent(
        of packages: [PackageRemoval.Package]?, in archive: ArchiveReference, _ suite: SuiteName, withBinaries: Bool
    ) async throws -> Int {
        try await read { connection in
            guard let place = try connection.archive(archive)?.suite(suite) else { return 0 }
            let sources = try connection.sources(packages, in: place)
            guard withBinaries else { return sources.count }
            return try sources.reduce(sources.count) { try $0 + connection.packageCount(of: $1, in: place) }
        }
    }
}

extension Connection {
    fileprivate typealias Extent = (id: Int64, isNamed: Bool)

    fileprivate func sources(_ packages: [PackageRemoval.Package]?, in suite: ArchiveSuite) throws -> [Extent] {
        guard let packages else {
            return try rows(
                "SELECT source FROM source_publication WHERE archive_suite = :suite AND state IN ('pending', 'published')",
                ["suite": suite.id]
            ).map { (try $0.integer("source"), false) }
        }
        return try packages.flatMap { package in
            try rows(
                """
                SELECT DISTINCT s.id FROM source s CROSS JOIN source_publication p
                WHERE s.name = :name AND p.source = s.id AND p.archive_suite = :suite
                    AND (s.version = :version OR (:version IS NULL AND p.state IN ('pending', 'published')))
                """, ["name": package.name, "version": package.version, "suite": suite.id]
            ).map { (try $0.integer("id"), package.version != nil) }
        }
    }

    /// Of what is named with its version also those that have ended.
    fileprivate func packageCount(of source: Extent, in suite: ArchiveSuite) throws -> Int {
        let row = try row(
            """
            SELECT count(DISTINCT b.id) AS packages FROM binary b CROSS JOIN binary_publication p
            WHERE b.source = :source AND p.binary = b.id AND p.archive_suite = :suite
                AND (:named OR p.state IN ('pending', 'published'))
            """, ["source": source.id, "named": source.isNamed, "suite": suite.id])
        return Int(try row?.integer("packages") ?? 0)
    }
}
