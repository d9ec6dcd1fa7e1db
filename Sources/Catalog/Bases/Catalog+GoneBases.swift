internal import ArchiveModel
internal import DebianControl

/// What becomes of PPAs whose base cannot be read any more.
public struct GoneBaseRule: Sendable {
    /// Seconds that a base that was read before may fail until it counts as gone: a mirror is mended within a week. The suites that
    /// PPAs have of it are frozen then, and their people warned.
    public var frozenAfter: Int64 = 7 * 86_400
    /// Seconds after that until apt sees nothing of these suites any more: nobody gets security fixes for what is below.
    public var withdrawnAfter: Int64 = 90 * 86_400
    /// Rounds at least that fail within `frozenAfter` before a base counts as gone. What is between two of them counts as no longer than
    /// that share of it: whoever slept for a month has seen the base fail once, and not for a month.
    public var failedRounds: Int64 = 8

    public init() {}

    /// Seconds.
    var longestGap: Int64 { frozenAfter / max(failedRounds, 1) }
}

extension Catalog {
    /// Freezes, and later withdraws, what PPAs have of bases that are gone. What was read again was thawed then.
    /// - Returns: what was done, a sentence for each suite.
    public func settleGoneBases(_ rule: GoneBaseRule, now: Int64) async throws -> [String] {
        try await write { connection in
            let gone = try connection.suites(
                where: "base_read IS NOT NULL AND base_gone IS NULL AND base_failing IS NOT NULL", rule.frozenAfter)
            for suite in gone { try connection.freeze(suite, rule, now: now) }
            let over = try connection.suites(
                where: "base_gone IS NOT NULL AND base_withdrawn IS NULL", rule.withdrawnAfter)
            for suite in over { try connection.withdraw(suite, now: now) }
            return gone.map { "The base of \($0.title) is gone; what PPAs have of it is frozen." }
                + over.map { "What PPAs have for \($0.title) is withdrawn from apt." }
        }
    }
}

private struct BaseSuite {
    let id: Int64
    let title: String
    /// Since when its base fails.
    let failing: Int64
}

extension Connection {
    /// - Parameter time: seconds that the base was seen to fail.
    fileprivate func suites(where condition: String, _ time: Int64) throws -> [BaseSuite] {
        try rows(
            """
            SELECT s.id, s.name, s.base_failing, d.name AS distribution FROM suite s
            JOIN distribution d ON d.id = s.distribution WHERE \(condition)
                AND base_failed_for >= :time ORDER BY s.id
            """, ["time": time]
        ).map { row in
            BaseSuite(
                id: try row.integer("id"), title: "\(try row.text("distribution")) \(try row.text("name"))",
                failing: try row.integer("base_failing"))
        }
    }

    fileprivate func freeze(_ suite: BaseSuite, _ rule: GoneBaseRule, now: Int64) throws {
        try execute(
            "UPDATE suite SET base_gone = :now, base_failed_for = 0 WHERE id = :suite",
            ["now": now, "suite": suite.id])
        let day = UTCDate(secondsSince1970: now + rule.withdrawnAfter).dayText
        try tellPPAs(
            of: suite.id, "base-gone-\(suite.id)-\(now)", "the base of \(suite.title) is gone",
            [
                "The base of \(suite.title) could not be read since \(UTCDate(secondsSince1970: suite.failing).dayText). What comes for it waits for an admin.",
                "If it does not come back, apt sees nothing of this suite any more from \(day) on. What other suites have stays.",
            ], now: now)
    }

    fileprivate func withdraw(_ suite: BaseSuite, now: Int64) throws {
        try execute("UPDATE suite SET base_withdrawn = :now WHERE id = :suite", ["now": now, "suite": suite.id])
        for place in try suitesOfPPAs(suite.id) { try markChanged(place) }
        try tellPPAs(
            of: suite.id, "base-withdrawn-\(suite.id)-\(now)", "\(suite.title) is withdrawn",
            [
                "The base of \(suite.title) did not come back: apt sees nothing of this suite any more. All of it is kept, and is shown again when the base is."
            ], now: now)
    }

    /// It was read again.
    func bringBackBase(of suite: Int64, now: Int64) throws {
        let row = try row(
            "SELECT name, base_gone, base_withdrawn FROM suite WHERE id = :suite", ["suite": suite])
        try execute(
            """
            UPDATE suite SET base_failing = NULL, base_failed_at = NULL, base_failed_for = 0, base_gone = NULL,
                base_withdrawn = NULL WHERE id = :suite
            """, ["suite": suite])
        guard let row, let gone = try row.optionalInteger("base_gone") else { return }
        if try row.optionalInteger("base_withdrawn") != nil {
            for place in try suitesOfPPAs(suite) { try markShownAgain(place) }
        }
        let name = try row.text("name")
        try tellPPAs(
            of: suite, "base-back-\(suite)-\(gone)", "the base of \(name) is back",
            ["The base of \(name) can be read again: the suite takes uploads, and apt sees it."], now: now)
    }

    /// Ids of `ArchiveSuite`s.
    private func suitesOfPPAs(_ suite: Int64) throws -> [Int64] {
        try rows(
            """
            SELECT t.id FROM archive_suite t JOIN archive a ON a.id = t.archive
            WHERE t.suite = :suite AND t.is_removed = 0 AND a.kind = 'ppa'
            """, ["suite": suite]
        ).map { try $0.integer("id") }
    }

    private func tellPPAs(
        of suite: Int64, _ identity: String, _ title: String, _ sentences: [String], now: Int64
    ) throws {
        let archives = try rows(
            """
            SELECT a.id, a.reference FROM archive a JOIN archive_suite t ON t.archive = a.id
            WHERE t.suite = :suite AND t.is_removed = 0 AND a.kind = 'ppa' AND a.presence = 'shown' ORDER BY a.id
            """, ["suite": suite])
        for row in archives {
            let (id, reference) = (try row.integer("id"), try row.parsed("reference") { ArchiveReference($0) })
            try tell(
                id, Notice(archive: reference, title: title, sentences: sentences), identity: "\(identity)-\(id)",
                now: now)
        }
    }
}
