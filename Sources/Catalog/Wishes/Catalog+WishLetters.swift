internal import ArchiveModel

/// The ends of wishes, and the letters about them.
extension Connection {
    func end<Wanted: Wish>(_ wanted: Wanted, _ outcome: WishOutcome, now: Int64) throws {
        let ended: (state: String, said: String)
        switch outcome {
        case .done(let sentence): ended = ("done", sentence)
        case .refused(let sentences): ended = ("failed", sentences)
        case .withdrawn: return
        }
        try execute(
            "UPDATE \(Wanted.queue.table) SET state = :state, said = :said, ended = :now WHERE id = :id",
            ["id": wanted.id, "state": ended.state, "said": ended.said, "now": now])
        try tell(batchOf: wanted, now: now)
    }

    /// One letter for all that were wanted together, when the last of them has ended.
    private func tell<Wanted: Wish>(batchOf wanted: Wanted, now: Int64) throws {
        let table = Wanted.queue.table
        let row = try row("SELECT batch, person FROM \(table) WHERE id = :id", ["id": wanted.id])
        guard let row, let batch = try row.optionalInteger("batch"), try !waits(batch, in: table),
            let person = try person(row.integer("person"))
        else { return }
        let ended = try ended(batch, in: table)
        let archive = wanted.archive
        let notice = Notice(
            archive: archive.reference, kind: archive.kind, title: Self.title(ended, Wanted.queue.done),
            sentences: ended.map(\.sentence))
        let letter = Letter(
            to: person.mail, identity: "\(Wanted.queue.letter)-\(batch)", content: .notice(notice),
            reason: Wanted.queue.reason(wanted))
        try queue([letter], now: now)
    }

    private func waits(_ batch: Int64, in table: String) throws -> Bool {
        try row("SELECT 1 AS yes FROM \(table) WHERE batch = :batch AND state = 'wanted'", ["batch": batch]) != nil
    }

    private func ended(_ batch: Int64, in table: String) throws -> [EndedWish] {
        try rows(
            """
            SELECT i.name, i.version, i.state, i.said, s.name AS suite FROM \(table) i
            JOIN archive_suite t ON t.id = i.archive_suite JOIN suite s ON s.id = t.suite
            WHERE i.batch = :batch ORDER BY i.state DESC, i.id
            """, ["batch": batch]
        ).map(EndedWish.init(row:))
    }

    private static func title(_ ended: [EndedWish], _ word: String) -> String {
        let done = ended.count(where: \.isDone)
        let failed = ended.count - done
        return "\(done) \(done == 1 ? "source is" : "sources are") \(word)\(failed == 0 ? "" : ", \(failed) not")"
    }
}

private struct EndedWish {
    let isDone: Bool
    let sentence: String

    init(row: ResultRow) throws {
        isDone = try row.text("state") == "done"
        let title = "\(try row.text("name")) \(try row.text("version")) is not in \(try row.text("suite")): "
        sentence = "\(isDone ? "" : title)\(try row.text("said"))"
    }
}
