internal import ArchiveModel
internal import DebianControl

extension Catalog {
    /// Of those that are due, one of the person whose last turn is longest ago, and of theirs the one that has waited longest: who wants
    /// much, in however many archives, holds nobody else up. What an archive wants that was taken down waits with it.
    public func dueSourceRebuild(now: Int64) async throws -> WantedSourceRebuild? {
        try await read { connection in
            try connection.row(
                """
                SELECT i.* FROM source_rebuild i JOIN archive_suite t ON t.id = i.archive_suite
                JOIN archive a ON a.id = t.archive
                WHERE i.state = 'wanted' AND i.next_attempt <= :now AND a.presence <> 'hidden'
                ORDER BY (SELECT coalesce(max(o.turn), 0) FROM source_rebuild o WHERE o.person = i.person),
                    i.next_attempt, i.id LIMIT 1
                """, ["now": now]
            ).map { try connection.wantedSourceRebuild(row: $0) }
        }
    }

    /// It has its turn now, and with it whoever wants it.
    public func noteTurn(of wanted: WantedSourceRebuild) async throws {
        try await write { connection in
            try connection.execute(
                "UPDATE source_rebuild SET turn = (SELECT coalesce(max(turn), 0) + 1 FROM source_rebuild) WHERE id = :id",
                ["id": wanted.id])
        }
    }

    /// Those that wait, whenever they are due.
    public func waitingSourceRebuilds() async throws -> [WantedSourceRebuild] {
        try await read { connection in
            try connection.rows("SELECT * FROM source_rebuild WHERE state = 'wanted' ORDER BY id").map {
                try connection.wantedSourceRebuild(row: $0)
            }
        }
    }

    /// What stands against it whatever is made, in sentences: asked before anything is done for it.
    public func refusal(of wanted: WantedSourceRebuild, quotas: QuotaRule) async throws -> String? {
        try await read { connection in
            switch try connection.plan(wanted, quotas) {
            case .failure(let refusal): refusal.sentences
            case .success: nil
            }
        }
    }

    /// Publishes what was made, or says why it cannot be: all that an upload would be refused for is asked here. The end of the
    /// rebuild, and the letter of the last of those that were wanted together, are in the same transaction.
    /// The files are in the content store, durably, before this is called.
    /// - Parameter isStored: whether the store has the file of this SHA-256: asked in the transaction, as maintenance may have
    ///   found a moment before that nobody needed it.
    /// - Throws: `ImportOvertaken` when it has not.
    public func publish(
        _ made: ImportedSource, for wanted: WantedSourceRebuild, quotas: QuotaRule, now: Int64,
        isStored: @escaping @Sendable (String) throws -> Bool = { _ in true }
    ) async throws -> ImportOutcome {
        try await write { connection in
            for file in [made.dsc] + made.files where try !isStored(file.sha256) {
                throw ImportOvertaken(description: "\(file.name) was removed from the store.")
            }
            guard try connection.isWanted(wanted) else { return .refused("It is not wanted any more.") }
            let outcome = try connection.publish(made, wanted, quotas: quotas, now: now)
            try connection.end(wanted, outcome, now: now)
            return outcome
        }
    }

    /// It is tried again.
    /// - Parameter time: Unix seconds.
    public func postpone(_ wanted: WantedSourceRebuild, until time: Int64, because cause: String) async throws {
        try await write { connection in
            try connection.execute(
                """
                UPDATE source_rebuild SET attempts = attempts + 1, next_attempt = :time, said = :cause
                WHERE id = :id AND state = 'wanted'
                """, ["id": wanted.id, "time": time, "cause": cause])
        }
    }

    /// It is not tried again.
    public func giveUp(_ wanted: WantedSourceRebuild, because cause: String, now: Int64) async throws {
        try await write { connection in
            guard try connection.isWanted(wanted) else { return }
            try connection.end(wanted, .refused(cause), now: now)
        }
    }
}

extension Connection {
    fileprivate func wantedSourceRebuild(row: ResultRow) throws -> WantedSourceRebuild {
        let place = try self.row(
            """
            SELECT r.reference, t.id AS suite FROM archive_suite t JOIN archive r ON r.id = t.archive WHERE t.id = :suite
            """, ["suite": try row.integer("archive_suite")])
        let id = try row.integer("source")
        guard let place, let archive = try archive(place.parsed("reference") { ArchiveReference($0) }),
            let suite = try archive.suites.first(where: { try $0.id == place.integer("suite") }),
            let source = try self.row("SELECT * FROM source WHERE id = :source", ["source": id]),
            let person = try person(row.integer("person"))
        else { throw CatalogFailure.noRow("source_rebuild") }
        let files = try files(ofSource: id)
        let dsc = try source.text("dsc_sha256")
        guard let control = files.first(where: { $0.sha256 == dsc && $0.name.description.hasSuffix(".dsc") }) else {
            throw CatalogFailure.noRow("the .dsc of a source")
        }
        return WantedSourceRebuild(
            id: try row.integer("id"), archive: archive, suite: suite,
            former: SourceVersion(
                try row.parsed("name") { PackageName($0) }, try source.parsed("version") { PackageVersion($0) }),
            version: try row.parsed("version") { PackageVersion($0) }, dsc: control,
            files: files.filter { $0 != control }, control: try ControlParagraph(parsing: source.text("control")),
            section: try source.text("section"), priority: try source.text("priority"),
            reason: try row.text("reason"), author: person.asAuthor, created: try row.integer("created"),
            attempts: try row.integer("attempts"), source: id, person: person.id,
            key: try row.parsed("key") { Fingerprint($0) }, command: try row.text("command"))
    }

    fileprivate func isWanted(_ wanted: WantedSourceRebuild) throws -> Bool {
        try row("SELECT 1 AS yes FROM source_rebuild WHERE id = :id AND state = 'wanted'", ["id": wanted.id]) != nil
    }

    fileprivate func end(_ wanted: WantedSourceRebuild, _ outcome: ImportOutcome, now: Int64) throws {
        let (state, said) =
            switch outcome {
            case .done(let sentence): ("done", sentence)
            case .refused(let sentences): ("failed", sentences)
            }
        try execute(
            "UPDATE source_rebuild SET state = :state, said = :said, ended = :now WHERE id = :id",
            ["id": wanted.id, "state": state, "said": said, "now": now])
        try tell(batchOf: wanted, now: now)
    }

    /// One letter for all that were wanted together, when the last of them has ended.
    private func tell(batchOf wanted: WantedSourceRebuild, now: Int64) throws {
        let batch = try row("SELECT batch FROM source_rebuild WHERE id = :id", ["id": wanted.id])?.optionalInteger(
            "batch")
        let inBatch: [String: any SQLArgument] = ["batch": batch]
        let waits = "SELECT 1 AS yes FROM source_rebuild WHERE batch = :batch AND state = 'wanted'"
        guard let batch, try row(waits, inBatch) == nil, let person = try person(wanted.person) else { return }
        let ended = try rows(
            """
            SELECT i.name, i.version, i.state, i.said, s.name AS suite FROM source_rebuild i
            JOIN archive_suite t ON t.id = i.archive_suite JOIN suite s ON s.id = t.suite
            WHERE i.batch = :batch ORDER BY i.state DESC, i.id
            """, inBatch)
        let sentences = try ended.map { row in
            let isDone = try row.text("state") == "done"
            let title = "\(try row.text("name")) \(try row.text("version")) is not in \(try row.text("suite")): "
            return "\(isDone ? "" : title)\(try row.text("said"))"
        }
        let failed = try ended.filter { try $0.text("state") == "failed" }.count
        let done = ended.count - failed
        let title = "\(done) \(done == 1 ? "source is" : "sources are") rebuilt\(failed == 0 ? "" : ", \(failed) not")"
        let archive = wanted.archive
        let letter = Letter(
            to: person.mail, identity: "rebuild-\(batch)",
            content: .notice(
                Notice(archive: archive.reference, kind: archive.kind, title: title, sentences: sentences)),
            reason: "you signed the commands that asked for it")
        try queue([letter], now: now)
    }
}

extension Person {
    /// As a changelog has it (deb-changelog(5)): a name, and an address.
    fileprivate var asAuthor: String { "\(mail.name ?? name.text) <\(mail.address)>" }
}
