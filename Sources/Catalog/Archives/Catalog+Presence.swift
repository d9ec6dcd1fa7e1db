public import ArchiveModel

extension Catalog {
    /// Archives whose trees may be where they do not belong: what was taken down, restored or deleted a short while ago.
    public func archivesToMove(now: Int64) async throws -> [Archive] {
        try await read { connection in
            try connection.rows(
                "SELECT * FROM archive WHERE tree_due <= :now ORDER BY reference", ["now": now]
            ).map { try connection.archive(row: $0) }
        }
    }

    /// Its tree is where it belongs, as long as the archive is as it was seen.
    /// - Parameter due: when to look again, in Unix seconds; nil for never.
    public func noteMoved(_ archive: Archive, lookAgain due: Int64?) async throws {
        try await write { connection in
            try connection.execute(
                """
                UPDATE archive SET tree_due = :due
                WHERE id = :archive AND presence = :presence AND presence_since = :since
                """,
                [
                    "due": due, "archive": archive.id, "presence": archive.presence, "since": archive.presenceSince,
                ])
        }
    }

    /// Takes an archive down, or restores it, on the word of an admin at the machine; the owner of an external one is told.
    /// - Returns: what was done, as a sentence.
    /// - Throws: `Conflict` when it is not as it would have to be.
    public func setShown(_ isShown: Bool, archive reference: ArchiveReference, now: Int64) async throws -> String {
        let effect: CommandEffect = isShown ? .restore(reference) : .takeDown(reference)
        return try await write { connection in
            let said = try effect.apply(connection, now).joined(separator: "\n")
            try connection.tellOwner(of: connection.known(reference), changedAtTheMachine: said, now: now)
            return said
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
    /// Nobody sees the archive any more, and it takes nothing; all that it has is kept. Builds under way are put back, and their
    /// results not taken; what waits for it goes on waiting.
    /// - Parameter reason: why its owner is kept from external archives from now on; nil: they are not.
    public static func takeDown(_ reference: ArchiveReference, barringOwner reason: String? = nil) -> CommandEffect {
        CommandEffect { connection, now in
            let archive = try connection.known(reference)
            try connection.move(archive, to: .hidden, from: [.shown], now: now)
            try connection.putBackBuilds(
                where: "archive_suite IN (SELECT id FROM archive_suite WHERE archive = :archive)",
                ["archive": archive.id])
            try connection.tellDependents(of: archive, "was taken down", now: now)
            let said = "\(reference) is taken down: apt and pages do not show it. Restore it with the action restore."
            guard let reason, let owner = reference.owner else { return [said] }
            return [said, try connection.setBarred(true, owner, reason: reason, now: now)]
        }
    }

    public static func restore(_ reference: ArchiveReference) -> CommandEffect {
        CommandEffect { connection, now in
            let archive = try connection.known(reference)
            try connection.move(archive, to: .shown, from: [.hidden], now: now)
            for suite in archive.suites { try connection.markShownAgain(suite.id) }
            return ["\(reference) is there again."]
        }
    }

    /// For good: what it has is taken out, and its builds end. The row and its history stay, and so its name stays taken.
    /// What was taken down is deleted by admins only.
    public static func delete(_ reference: ArchiveReference, by person: Person) -> CommandEffect {
        CommandEffect { connection, now in
            let archive = try connection.known(reference)
            let isAdmin = try connection.current(person).isAdmin
            try connection.move(archive, to: .deleted, from: isAdmin ? [.shown, .hidden] : [.shown], now: now)
            for suite in archive.suites { try connection.empty(suite, now: now) }
            try connection.wake(heldFor: archive.id, now: now)
            try connection.tellDependents(of: archive, "was deleted", now: now)
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
            UPDATE archive SET presence = :presence, presence_since = :now, is_enabled = :enabled,
                tree_due = :now WHERE id = :archive
            """, ["presence": presence, "now": now, "enabled": presence == .shown, "archive": archive.id])
    }

    /// - Throws: `Conflict` when the archive takes nothing by now.
    func guardTakes(archive: Int64) throws {
        let row = try row("SELECT reference, is_enabled FROM archive WHERE id = :archive", ["archive": archive])
        guard let row, try row.flag("is_enabled") else {
            throw Conflict("\(try row?.text("reference") ?? "The archive") takes nothing by now.")
        }
    }

    /// They do not count as attempts. A worker notices when it next extends its lease.
    /// - Parameter condition: of a row of `build`.
    /// - Returns: how many.
    @discardableResult
    func putBackBuilds(where condition: String, _ arguments: [String: any SQLArgument]) throws -> Int {
        try execute(
            """
            UPDATE build SET state = 'wanted', worker = NULL, lease_until = NULL, started = NULL, ended = NULL,
                cause = NULL, attempts = CASE WHEN attempts > 0 THEN attempts - 1 ELSE 0 END
            WHERE state IN ('building', 'uploading') AND \(condition)
            """, arguments)
    }

    /// What waits for the archive is judged again at once: it is refused, and its signers are told.
    fileprivate func wake(heldFor archive: Int64, now: Int64) throws {
        try execute(
            "UPDATE upload SET retry_at = :now WHERE outcome = 'held' AND held_for = :archive",
            ["archive": archive, "now": now])
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
