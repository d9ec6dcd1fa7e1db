internal import ArchiveModel

extension Catalog {
    /// Of those that are due, one of the person whose last turn is longest ago, and of theirs the one that has waited longest: who wants
    /// much, in however many archives, holds nobody else up. What an archive wants that was taken down waits with it.
    public func nextWish<Wanted: Wish>(_ kind: Wanted.Type, now: Int64) async throws -> Wanted? {
        try await read { connection in
            let table = Wanted.queue.table
            return try connection.row(
                """
                SELECT i.* FROM \(table) i JOIN archive_suite t ON t.id = i.archive_suite JOIN archive a ON a.id = t.archive
                WHERE i.state = 'wanted' AND i.next_attempt <= :now AND a.presence <> 'hidden'
                ORDER BY (SELECT coalesce(max(o.turn), 0) FROM \(table) o WHERE o.person = i.person), i.next_attempt, i.id
                LIMIT 1
                """, ["now": now]
            ).map { try Wanted.queue.read(connection, $0) }
        }
    }

    /// Those that wait, whenever they are due.
    public func waitingWishes<Wanted: Wish>(_ kind: Wanted.Type) async throws -> [Wanted] {
        try await read { connection in
            try connection.rows("SELECT * FROM \(Wanted.queue.table) WHERE state = 'wanted' ORDER BY id").map {
                try Wanted.queue.read(connection, $0)
            }
        }
    }

    /// It has its turn now, and with it whoever wants it.
    public func noteTurn<Wanted: Wish>(of wanted: Wanted) async throws {
        try await write { connection in
            let table = Wanted.queue.table
            try connection.execute(
                "UPDATE \(table) SET turn = (SELECT coalesce(max(turn), 0) + 1 FROM \(table)) WHERE id = :id",
                ["id": wanted.id])
        }
    }

    /// Its end whatever is made, as things stand: asked before anything is done for it. Nil when nothing stands against it.
    /// - Throws: `WishOvertaken` when its archive was taken down.
    public func preview<Wanted: Wish>(_ wanted: Wanted, quotas: QuotaRule) async throws -> WishOutcome? {
        try await read { connection in
            guard try connection.waiting(wanted) != nil else { return .withdrawn }
            return switch try Wanted.queue.plan(connection, wanted, quotas) {
            case .failure(let refusal): .refused(refusal.sentences)
            case .success: nil
            }
        }
    }

    /// Publishes what was made, or says why it cannot be: all that an upload would be refused for is asked here. The end of the wish, and
    /// the letter of the last of those that were wanted together, are in the same transaction.
    /// The files are in the content store, durably, before this is called.
    /// - Parameter isStored: whether the store has the file of this SHA-256: asked in the transaction, as maintenance may have
    ///   found a moment before that nobody needed it.
    /// - Throws: `WishOvertaken` when it has not, when something else is wanted by now, and when its archive was taken down.
    public func publish<Wanted: Wish>(
        _ made: ImportedSource, for wanted: Wanted, quotas: QuotaRule, now: Int64,
        isStored: @escaping @Sendable (String) throws -> Bool = { _ in true }
    ) async throws -> WishOutcome {
        try await write { connection in
            guard let row = try connection.waiting(wanted) else { return .withdrawn }
            for file in made.allFiles where try !isStored(file.sha256) {
                throw WishOvertaken(description: "\(file.name) was removed from the store.")
            }
            guard try Wanted.queue.isUnchanged(wanted, row) else {
                throw WishOvertaken(description: "More of it is wanted by now.")
            }
            let outcome = try connection.publish(made, for: wanted, quotas, now: now)
            try connection.end(wanted, outcome, now: now)
            return outcome
        }
    }

    /// It is tried again.
    /// - Parameter time: Unix seconds.
    public func postpone<Wanted: Wish>(
        _ wanted: Wanted, until time: Int64, because cause: String, _ delay: WishDelay = .failure
    ) async throws {
        try await write { connection in
            try connection.execute(
                """
                UPDATE \(Wanted.queue.table)
                SET attempts = attempts + :attempt, next_attempt = :time, said = :cause, lacks_room_since = :since
                WHERE id = :id AND state = 'wanted'
                """,
                [
                    "id": wanted.id, "time": time, "cause": cause, "attempt": delay.failures,
                    "since": delay.lacksRoomSince,
                ])
        }
    }

    /// It is not tried again.
    /// - Returns: refused, or withdrawn when it was not wanted any more.
    @discardableResult
    public func giveUp(_ wanted: some Wish, because cause: String, now: Int64) async throws -> WishOutcome {
        try await write { connection in
            guard try connection.waiting(wanted) != nil else { return .withdrawn }
            try connection.end(wanted, .refused(cause), now: now)
            return .refused(cause)
        }
    }
}

extension Connection {
    /// Its row, as long as it waits.
    fileprivate func waiting<Wanted: Wish>(_ wanted: Wanted) throws -> ResultRow? {
        try row("SELECT * FROM \(Wanted.queue.table) WHERE id = :id AND state = 'wanted'", ["id": wanted.id])
    }

    fileprivate func publish<Wanted: Wish>(
        _ made: ImportedSource, for wanted: Wanted, _ quotas: QuotaRule, now: Int64
    ) throws -> WishOutcome {
        switch try Wanted.queue.plan(self, wanted, quotas) {
        case .failure(let refusal): .refused(refusal.sentences)
        case .success(let plan): try Wanted.queue.publish(self, made, wanted, plan, now)
        }
    }
}

extension WishDelay {
    fileprivate var failures: Int64 { if case .failure = self { 1 } else { 0 } }

    fileprivate var lacksRoomSince: Int64? { if case .room(let since) = self { since } else { nil } }
}

extension ImportedSource {
    fileprivate var allFiles: [StoredFile] { [dsc] + files + binaries.map(\.file) }
}
