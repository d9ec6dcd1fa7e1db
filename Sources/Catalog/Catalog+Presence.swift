public import ArchiveModel

extension Catalog {
    /// Archives that are not shown, or were not until `time` (Unix seconds): what may have to be moved.
    public func archivesWithdrawn(orRestoredSince time: Int64) async throws -> [Archive] {
        try await read { connection in
            try connection.rows(
                "SELECT * FROM archive WHERE presence <> 'shown' OR presence_since >= :time ORDER BY reference",
                ["time": time]
            ).map { try connection.archive(row: $0) }
        }
    }

    /// The archive's pool is gone from the disk, and no longer counts.
    public func forgetPool(of archive: Archive) async throws {
        try await write { connection in
            try connection.execute("DELETE FROM pool_file WHERE archive = :archive", ["archive": archive.id])
            try connection.execute("UPDATE archive SET bytes = 0 WHERE id = :archive", ["archive": archive.id])
        }
    }
}

extension CommandEffect {
    /// Nobody sees the archive any more, and it takes nothing; all that it has is kept.
    public static func takeDown(_ reference: ArchiveReference) -> CommandEffect {
        CommandEffect { connection, now in
            try connection.move(connection.known(reference), to: .hidden, from: [.shown], now: now)
            return ["\(reference) is taken down: apt and pages do not show it. Restore it with the action restore."]
        }
    }

    public static func restore(_ reference: ArchiveReference) -> CommandEffect {
        CommandEffect { connection, now in
            let archive = try connection.known(reference)
            try connection.move(archive, to: .shown, from: [.hidden], now: now)
            for suite in archive.suites { try connection.markChanged(suite.id) }
            return ["\(reference) is there again."]
        }
    }

    /// For good: what it has is taken out, and its builds end. The row and its history stay, and so its name stays taken.
    /// What was taken down is deleted by admins only.
    public static func delete(_ reference: ArchiveReference, by person: Person) -> CommandEffect {
        CommandEffect { connection, now in
            let archive = try connection.known(reference)
            try connection.move(archive, to: .deleted, from: person.isAdmin ? [.shown, .hidden] : [.shown], now: now)
            for suite in archive.suites { try connection.empty(suite, now: now) }
            return ["\(reference) is deleted: apt and pages do not show it, and its name stays taken."]
        }
    }
}

extension Connection {
    fileprivate func move(
        _ archive: Archive, to presence: ArchivePresence, from former: Set<ArchivePresence>, now: Int64
    ) throws {
        guard former.contains(archive.presence) else {
            throw Conflict("\(archive.reference) is \(archive.presence.rawValue).")
        }
        try execute(
            """
            UPDATE archive SET presence = :presence, presence_since = :now, is_enabled = :enabled WHERE id = :archive
            """, ["presence": presence, "now": now, "enabled": presence == .shown, "archive": archive.id])
    }

    fileprivate func empty(_ suite: ArchiveSuite, now: Int64) throws {
        let place: [String: any SQLArgument] = ["suite": suite.id, "now": now]
        for table in ["source_publication", "binary_publication"] {
            try execute(
                """
                UPDATE \(table) SET state = 'deleted', ended = :now
                WHERE archive_suite = :suite AND state IN ('pending', 'published')
                """, place)
        }
        try execute(
            """
            UPDATE build SET state = 'cancelled', lease_until = NULL, ended = :now, cause = 'The archive was deleted.'
            WHERE archive_suite = :suite AND state IN ('wanted', 'building', 'uploading')
            """, place)
    }
}
