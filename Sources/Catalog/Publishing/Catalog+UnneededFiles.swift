/// Takes a file out of the content store; nothing there is no failure.
public typealias FileRemoval = @Sendable (_ sha256: String) throws -> Void

/// Which bytes of the content store nobody needs any more, and their removal.
///
/// Decided and removed in one transaction: whoever accepts a file looks in the transaction of the acceptance whether its bytes
/// are there, so one of the two comes first, and sees the other.
extension Catalog {
    /// Files looked at in one transaction: others wait for it some milliseconds.
    private static let filesAtOnce = 100
    /// Of one archive, read at a time.
    private static let filesListed = 5000
    /// Of a 256th of the store: more than these, and more than one in ten, are no leftovers.
    private static let (strangersAtLeast, strangersOneIn) = (20, 10)

    /// Removes those of these files that no row ever mentioned: what was stored before a crash, or for an upload that was
    /// refused after all.
    ///
    /// Nothing is removed where they are many: then this is another service's store, or an old catalog.
    /// - Parameter names: SHA-256.
    /// - Returns: how many.
    public func removeStrangers(among names: [String], remove: @escaping FileRemoval) async throws -> Int {
        let strangers = try await read { connection in try names.filter { try connection.isStranger($0) } }
        if strangers.count > Self.strangersAtLeast, strangers.count * Self.strangersOneIn > names.count {
            throw Conflict(
                "The catalog does not know \(strangers.count) of \(names.count) files: they are left. Is it the right one?"
            )
        }
        return try await removeStrangers(strangers, remove: remove)
    }

    /// The same, however many they are: for what the caller itself has stored.
    public func removeStrangers(_ names: [String], remove: @escaping FileRemoval) async throws -> Int {
        var removed = 0
        for start in stride(from: 0, to: names.count, by: Self.filesAtOnce) {
            let part = names[start..<min(start + Self.filesAtOnce, names.count)]
            removed += try await write { connection in
                let still = try part.filter { try connection.isStranger($0) }
                for name in still { try remove(name) }
                return still.count
            }
        }
        return removed
    }

    /// Removes the files of archives that were deleted before `time` (Unix seconds) and that no other archive has, or had; and what
    /// was kept with their uploads and builds. Their rows stay: a version keeps its bytes for ever.
    /// - Parameter limit: files looked at; the rest is for the next time.
    /// - Returns: how many were removed.
    public func removeFiles(
        ofDeletedBefore time: Int64, limit: Int, now: Int64, remove: @escaping FileRemoval
    ) async throws -> Int {
        var (left, removed) = (limit, 0)
        for archive in try await read({ try $0.unsettledArchives(deletedBefore: time) }) {
            while left > 0 {
                try Task.checkCancellation()
                let page = min(left, Self.filesListed)
                // Listed apart from the transactions that remove: nobody waits for this.
                let files = try await read { try $0.files(of: archive, before: time, now: now, limit: page) }
                removed += try await removeUnneeded(files, before: time, now: now, remove: remove)
                left -= files.count
                guard files.count == page else {
                    try await write { try $0.settleFiles(of: archive) }
                    break
                }
            }
        }
        return removed
    }

    private func removeUnneeded(
        _ files: [String], before time: Int64, now: Int64, remove: @escaping FileRemoval
    ) async throws -> Int {
        var removed = 0
        for start in stride(from: 0, to: files.count, by: Self.filesAtOnce) {
            let part = files[start..<min(start + Self.filesAtOnce, files.count)]
            removed += try await write { connection in
                let unneeded = try part.filter { try !connection.isNeeded($0, deletedBefore: time) }
                for file in unneeded { try remove(file) }
                try connection.note(part, unneeded, now: now)
                return unneeded.count
            }
        }
        return removed
    }
}

extension Connection {
    fileprivate func isStranger(_ sha256: String) throws -> Bool {
        try row("SELECT 1 AS yes FROM file WHERE sha256 = :sha256", ["sha256": sha256]) == nil
    }

    fileprivate func unsettledArchives(deletedBefore time: Int64) throws -> [Int64] {
        try rows(
            """
            SELECT id FROM archive WHERE presence = 'deleted' AND presence_since < :time AND are_files_settled = 0
            ORDER BY presence_since, id
            """, ["time": time]
        ).map { try $0.integer("id") }
    }

    /// In the archive, and kept with its uploads, its builds, and the uploads and builds that made what it has copies of; those that
    /// were not looked at since the archive was to lose them.
    fileprivate func files(of archive: Int64, before time: Int64, now: Int64, limit: Int) throws -> [String] {
        try rows(
            """
            WITH RECURSIVE origin (id) AS (
                SELECT p.source FROM archive_suite t JOIN source_publication p ON p.archive_suite = t.id
                    WHERE t.archive = :archive
                UNION SELECT s.copied_from FROM origin o JOIN source s ON s.id = o.id WHERE s.copied_from IS NOT NULL)
            SELECT f.sha256 FROM file f WHERE f.sha256 IN (
                SELECT sha256 FROM archive_file WHERE archive = :archive
                UNION ALL SELECT k.sha256 FROM upload u JOIN upload_file k ON k.upload = u.id WHERE u.archive = :archive
                UNION ALL SELECT k.sha256 FROM origin o JOIN upload u ON u.source = o.id
                    JOIN upload_file k ON k.upload = u.id
                UNION ALL SELECT k.sha256 FROM archive_suite t JOIN build b ON b.archive_suite = t.id
                    JOIN build_file k ON k.build = b.id WHERE t.archive = :archive
                UNION ALL SELECT k.sha256 FROM archive_suite t JOIN binary_publication p ON p.archive_suite = t.id
                    JOIN binary b ON b.id = p.binary JOIN build_file k ON k.build = b.build WHERE t.archive = :archive)
                AND (f.looked_at IS NULL
                    OR f.looked_at < (SELECT presence_since + :grace FROM archive WHERE id = :archive))
            LIMIT :limit
            """, ["archive": archive, "grace": now - time, "limit": limit]
        ).map { try $0.text("sha256") }
    }

    /// All their files were looked at.
    fileprivate func settleFiles(of archive: Int64) throws {
        try execute("UPDATE archive SET are_files_settled = 1 WHERE id = :archive", ["archive": archive])
    }

    /// By an archive that is there, or was a short while ago. The signed text that brought a source proves where it is from as long as
    /// any archive has, or had, a copy of it, or a copy of that.
    fileprivate func isNeeded(_ sha256: String, deletedBefore time: Int64) throws -> Bool {
        try row(
            """
            WITH RECURSIVE copy (id) AS (
                SELECT u.source FROM upload_file k JOIN upload u ON u.id = k.upload
                    WHERE k.sha256 = :sha256 AND u.source IS NOT NULL
                UNION SELECT c.id FROM copy o JOIN source c ON c.copied_from = o.id)
            SELECT 1 AS yes FROM (
                SELECT archive FROM archive_file WHERE sha256 = :sha256
                UNION ALL SELECT u.archive FROM upload_file k JOIN upload u ON u.id = k.upload WHERE k.sha256 = :sha256
                UNION ALL SELECT t.archive FROM copy o JOIN source_publication p ON p.source = o.id
                    JOIN archive_suite t ON t.id = p.archive_suite
                UNION ALL SELECT t.archive FROM build_file k JOIN build b ON b.id = k.build
                    JOIN archive_suite t ON t.id = b.archive_suite WHERE k.sha256 = :sha256
                UNION ALL SELECT t.archive FROM build_file k JOIN binary b ON b.build = k.build
                    JOIN binary_publication p ON p.binary = b.id JOIN archive_suite t ON t.id = p.archive_suite
                    WHERE k.sha256 = :sha256
            ) AS n LEFT JOIN archive a ON a.id = n.archive
            WHERE a.id IS NULL OR a.presence <> 'deleted' OR a.presence_since >= :time LIMIT 1
            """, ["sha256": sha256, "time": time]) != nil
    }

    fileprivate func note(_ looked: ArraySlice<String>, _ removed: [String], now: Int64) throws {
        for file in looked {
            try execute("UPDATE file SET looked_at = :now WHERE sha256 = :file", ["file": file, "now": now])
        }
        for file in removed {
            try execute("UPDATE file SET removed_at = :now WHERE sha256 = :file", ["file": file, "now": now])
        }
    }
}
