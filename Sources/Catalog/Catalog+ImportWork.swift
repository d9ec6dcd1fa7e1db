internal import ArchiveModel
internal import DebianControl

/// What became of an import, or of a source that was to be made once more.
public enum ImportOutcome: Sendable, Hashable {
    /// A sentence.
    case done(String)
    /// What stands against it, in sentences: it is not tried again.
    case refused(String)
}

/// Something happened while it was fetched, or made, that is nobody's fault: it is done again.
public struct ImportOvertaken: Error, CustomStringConvertible {
    /// A sentence.
    public let description: String
}

extension Catalog {
    /// Of those that are due, one of the person whose last turn is longest ago, and of theirs the one that has waited longest: who wants
    /// much, in however many archives, holds nobody else up. What an archive wants that was taken down waits with it.
    public func dueImport(now: Int64) async throws -> WantedImport? {
        try await read { connection in
            try connection.row(
                """
                SELECT i.* FROM import i JOIN archive_suite t ON t.id = i.archive_suite JOIN archive a ON a.id = t.archive
                WHERE i.state = 'wanted' AND i.next_attempt <= :now AND a.presence <> 'hidden'
                ORDER BY (SELECT coalesce(max(o.turn), 0) FROM import o WHERE o.person = i.person), i.next_attempt, i.id
                LIMIT 1
                """, ["now": now]
            ).map { try connection.wantedImport(row: $0) }
        }
    }

    /// It has its turn now, and with it whoever wants it.
    public func noteTurn(of wanted: WantedImport) async throws {
        try await write { connection in
            try connection.execute(
                "UPDATE import SET turn = (SELECT coalesce(max(turn), 0) + 1 FROM import) WHERE id = :id",
                ["id": wanted.id])
        }
    }

    /// Those that wait, whenever they are due.
    public func waitingImports() async throws -> [WantedImport] {
        try await read { connection in
            try connection.rows("SELECT * FROM import WHERE state = 'wanted' ORDER BY id").map {
                try connection.wantedImport(row: $0)
            }
        }
    }

    /// Publishes what the mirror gave, or says why it cannot be: all that a copy would be refused for is asked here. The end of the
    /// import, and the letter of the last of those that were wanted together, are in the same transaction.
    /// The files are in the content store, durably, before this is called.
    /// - Parameter isStored: whether the store has the file of this SHA-256: asked in the transaction, as maintenance may have
    ///   found a moment before that nobody needed it.
    /// - Throws: `ImportOvertaken` when it is not, and when more is wanted by now than was fetched.
    public func publish(
        _ source: ImportedSource, for wanted: WantedImport, quotas: QuotaRule, now: Int64,
        isStored: @escaping @Sendable (String) throws -> Bool = { _ in true }
    ) async throws -> ImportOutcome {
        try await write { connection in
            for file in [source.dsc] + source.files + source.binaries.map(\.file) where try !isStored(file.sha256) {
                throw ImportOvertaken(description: "\(file.name) was removed from the store.")
            }
            guard let asked = try connection.asked(wanted) else { return .refused("It is not wanted any more.") }
            guard asked == wanted.asked else { throw ImportOvertaken(description: "More of it is wanted by now.") }
            let outcome = try connection.publish(source, wanted, quotas: quotas, now: now)
            try connection.end(wanted, outcome, now: now)
            return outcome
        }
    }

    /// It is tried again.
    /// - Parameters:
    ///   - time: Unix seconds.
    ///   - isAttempt: whether it counts as one that has failed.
    public func postpone(
        _ wanted: WantedImport, until time: Int64, because cause: String, isAttempt: Bool = true
    ) async throws {
        try await write { connection in
            try connection.execute(
                """
                UPDATE import SET attempts = attempts + :attempt, next_attempt = :time, said = :cause
                WHERE id = :id AND state = 'wanted'
                """, ["id": wanted.id, "time": time, "cause": cause, "attempt": isAttempt ? Int64(1) : 0])
        }
    }

    /// It is not tried again.
    public func giveUp(_ wanted: WantedImport, because cause: String, now: Int64) async throws {
        try await write { connection in
            guard try connection.asked(wanted) != nil else { return }
            try connection.end(wanted, .refused(cause), now: now)
        }
    }
}

extension Connection {
    fileprivate func wantedImport(row: ResultRow) throws -> WantedImport {
        let place = try self.row(
            """
            SELECT r.reference, t.id AS suite FROM archive_suite t JOIN archive r ON r.id = t.archive
            WHERE t.id = :suite
            """, ["suite": try row.integer("archive_suite")])
        let base = try self.row(
            "SELECT d.name AS distribution, s.* FROM suite s JOIN distribution d ON d.id = s.distribution WHERE s.id = :base",
            ["base": try row.integer("base")])
        guard let place, let base, let archive = try archive(place.parsed("reference") { ArchiveReference($0) }),
            let suite = try archive.suites.first(where: { try $0.id == place.integer("suite") })
        else { throw CatalogFailure.noRow("import") }
        let asked = try AskedImport(row: row)
        return WantedImport(
            id: try row.integer("id"), archive: archive, suite: suite, base: try SuiteDescription(row: base),
            component: try component(inBase: row),
            source: SourceVersion(
                try row.parsed("name") { PackageName($0) }, try row.parsed("version") { PackageVersion($0) }),
            only: asked.only, withBinaries: asked.withBinaries, isUpdate: try row.flag("is_update"),
            attempts: try row.integer("attempts"), person: try row.integer("person"),
            key: try row.parsed("key") { Fingerprint($0) })
    }

    /// `main` when the base has it no more.
    private func component(inBase row: ResultRow) throws -> ComponentName {
        let known = try self.row(
            """
            SELECT component FROM base_source WHERE suite = :base AND name = :name AND version = :version
            ORDER BY component LIMIT 1
            """,
            [
                "base": try row.integer("base"), "name": try row.text("name"), "version": try row.text("version"),
            ])
        return try known?.parsed("component") { ComponentName($0) } ?? .main
    }

    /// What is asked of it now; nil when it is not wanted any more.
    fileprivate func asked(_ wanted: WantedImport) throws -> AskedImport? {
        try row("SELECT * FROM import WHERE id = :id AND state = 'wanted'", ["id": wanted.id])
            .map(AskedImport.init(row:))
    }

    fileprivate func end(_ wanted: WantedImport, _ outcome: ImportOutcome, now: Int64) throws {
        let (state, said) =
            switch outcome {
            case .done(let sentence): ("done", sentence)
            case .refused(let sentences): ("failed", sentences)
            }
        try execute(
            "UPDATE import SET state = :state, said = :said, ended = :now WHERE id = :id",
            ["id": wanted.id, "state": state, "said": said, "now": now])
        try tell(batchOf: wanted, now: now)
    }

    /// One letter for all that were wanted together, when the last of them has ended.
    private func tell(batchOf wanted: WantedImport, now: Int64) throws {
        let batch = try row("SELECT batch FROM import WHERE id = :id", ["id": wanted.id])?.optionalInteger("batch")
        guard let batch,
            try row("SELECT 1 AS yes FROM import WHERE batch = :batch AND state = 'wanted'", ["batch": batch]) == nil
        else { return }
        let ended = try rows(
            """
            SELECT i.name, i.version, i.state, i.said, s.name AS suite FROM import i
            JOIN archive_suite t ON t.id = i.archive_suite JOIN suite s ON s.id = t.suite
            WHERE i.batch = :batch ORDER BY i.state DESC, i.id
            """, ["batch": batch])
        let sentences = try ended.map { row in
            let isDone = try row.text("state") == "done"
            let title = "\(try row.text("name")) \(try row.text("version")) is not in \(try row.text("suite")): "
            return "\(isDone ? "" : title)\(try row.text("said"))"
        }
        let failed = try ended.filter { try $0.text("state") == "failed" }.count
        let done = ended.count - failed
        let title = "\(done) \(done == 1 ? "source is" : "sources are") imported\(failed == 0 ? "" : ", \(failed) not")"
        guard let person = try person(wanted.person) else { return }
        let archive = wanted.archive
        let notice = Notice(archive: archive.reference, kind: archive.kind, title: title, sentences: sentences)
        let letter = Letter(
            to: person.mail, identity: "import-\(batch)", content: .notice(notice),
            reason: wanted.isUpdate ? "you signed the former version" : "you signed the commands that asked for it")
        try queue([letter], now: now)
    }
}
