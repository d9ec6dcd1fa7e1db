public import DebianControl

/// A file of the content store, under the name an upload gave it.
public struct StoredFile: Sendable, Hashable {
    public let name: FileName
    /// In bytes.
    public let size: Int64
    public let md5: String
    public let sha1: String
    public let sha256: String
    public let sha512: String

    public init(name: FileName, size: Int64, md5: String, sha1: String, sha256: String, sha512: String) {
        self.name = name
        self.size = size
        self.md5 = md5
        self.sha1 = sha1
        self.sha256 = sha256
        self.sha512 = sha512
    }
}

extension StoredFile {
    /// Columns `name` (of the place it is listed in) and those of table `file`.
    init(row: ResultRow) throws {
        name = try row.parsed("name") { FileName($0) }
        size = try row.integer("size")
        md5 = try row.text("md5")
        sha1 = try row.text("sha1")
        sha256 = try row.text("sha256")
        sha512 = try row.text("sha512")
    }
}

extension Connection {
    func enter(_ file: StoredFile) throws {
        try execute(
            """
            INSERT INTO file (sha256, size, md5, sha1, sha512) VALUES (:sha256, :size, :md5, :sha1, :sha512)
            ON CONFLICT (sha256) DO UPDATE SET removed_at = NULL WHERE file.removed_at IS NOT NULL
            """,
            ["sha256": file.sha256, "size": file.size, "md5": file.md5, "sha1": file.sha1, "sha512": file.sha512])
    }

    /// Gives the archive the file under its name, for ever.
    /// - Throws: `Conflict` when the archive knows other bytes by that name.
    func enter(_ file: StoredFile, intoArchive archive: Int64) throws {
        try enter(file)
        try hold(file, in: archive)
        let known = try row(
            "SELECT sha256 FROM archive_file WHERE archive = :archive AND name = :name",
            ["archive": archive, "name": file.name])
        if let known {
            guard try known.text("sha256") == file.sha256 else {
                throw Conflict("\(file.name) is in the archive with other bytes.")
            }
            return
        }
        try execute(
            "INSERT INTO archive_file (archive, name, sha256) VALUES (:archive, :name, :sha256)",
            ["archive": archive, "name": file.name, "sha256": file.sha256])
    }

    /// Counts it, when it is not in the pool already.
    private func hold(_ file: StoredFile, in archive: Int64) throws {
        let isNew =
            try row(
                """
                INSERT INTO pool_file (archive, name, size) VALUES (:archive, :name, :size)
                ON CONFLICT (archive, name) DO NOTHING RETURNING size
                """, ["archive": archive, "name": file.name, "size": file.size]) != nil
        guard isNew else { return }
        try execute(
            "UPDATE archive SET bytes = bytes + :size WHERE id = :archive", ["archive": archive, "size": file.size])
    }
}
