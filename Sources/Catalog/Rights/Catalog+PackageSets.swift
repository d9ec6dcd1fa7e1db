public import ArchiveModel
public import DebianControl

/// Sources of an archive that a right may be about together, such as all of a desktop.
public struct PackageSet: Sendable, Hashable {
    public let name: PackageSetName
    /// In order of name.
    public let sources: [PackageName]
}

extension Catalog {
    /// In order of name. A set is there while it has a source.
    public func packageSets(in archive: Archive) async throws -> [PackageSet] {
        try await read { connection in
            let rows = try connection.rows(
                "SELECT name, source FROM package_set WHERE archive = :archive ORDER BY name, source",
                ["archive": archive.id])
            let pairs = try rows.map { row in
                (try row.parsed("name") { PackageSetName($0) }, try row.parsed("source") { PackageName($0) })
            }
            return Dictionary(grouping: pairs, by: \.0).map { PackageSet(name: $0, sources: $1.map(\.1)) }
                .sorted { $0.name < $1.name }
        }
    }

    public func add(_ sources: [PackageName], toSet set: PackageSetName, in archive: Archive) async throws {
        try await write { connection in
            for source in sources {
                try connection.execute(
                    """
                    INSERT INTO package_set (archive, name, source) VALUES (:archive, :name, :source)
                    ON CONFLICT (archive, name, source) DO NOTHING
                    """, ["archive": archive.id, "name": set, "source": source])
            }
        }
    }

    /// - Throws: `Conflict` when one of them is not in the set; none is removed then.
    public func remove(_ sources: [PackageName], fromSet set: PackageSetName, in archive: Archive) async throws {
        try await write { connection in
            for source in sources {
                let changed = try connection.execute(
                    "DELETE FROM package_set WHERE archive = :archive AND name = :name AND source = :source",
                    ["archive": archive.id, "name": set, "source": source])
                guard changed == 1 else {
                    throw Conflict("\(source) is not in the set \(set) of \(archive.reference).")
                }
            }
        }
    }
}

extension Connection {
    func sources(ofSet set: PackageSetName, inArchive archive: Int64) throws -> Set<PackageName> {
        let rows = try rows(
            "SELECT source FROM package_set WHERE archive = :archive AND name = :name",
            ["archive": archive, "name": set])
        return Set(try rows.map { row in try row.parsed("source") { PackageName($0) } })
    }
}
