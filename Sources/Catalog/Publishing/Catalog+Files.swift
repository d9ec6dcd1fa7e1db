public import ArchiveModel
public import DebianControl

extension Catalog {
    /// The file an archive knows, or ever knew, by this name.
    public func file(named name: FileName, inArchive archive: ArchiveReference) async throws -> StoredFile? {
        try await read { connection in
            try connection.row(
                """
                SELECT n.name, f.* FROM archive_file n JOIN file f ON f.sha256 = n.sha256
                JOIN archive a ON a.id = n.archive WHERE a.reference = :archive AND n.name = :name
                """, ["archive": archive.description, "name": name]
            ).map(StoredFile.init(row:))
        }
    }
}
