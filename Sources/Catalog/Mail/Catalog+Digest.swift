public import ArchiveModel

extension Catalog {
    /// What happened from `since` until `until`, and what waits and stands still now; Unix seconds.
    /// - Parameter quotas: of archives that have none of their own.
    public func digest(
        since: Int64, until: Int64, now: Int64, disks: [DigestReport.Disk], quotas: QuotaRule = QuotaRule()
    ) async throws -> DigestReport {
        try await read { connection in
            let time: [String: any SQLArgument] = ["since": since, "until": until]
            return DigestReport(
                since: since, until: until,
                counts: try connection.uploadCounts(time) + connection.otherCounts(time),
                ignored: try connection.ignoredCounts(time), failures: try connection.failures(time, now: now),
                queues: try connection.queues(now: now), disks: disks, rooms: try connection.rooms(quotas: quotas))
        }
    }

    /// The last 24 hours, with what happened in this second.
    public func digestOfLastDay(
        now: Int64, disks: [DigestReport.Disk], quotas: QuotaRule = QuotaRule()
    ) async throws -> DigestReport {
        try await digest(since: now + 1 - 86_400, until: now + 1, now: now, disks: disks, quotas: quotas)
    }

    /// A letter of this identity is or was in the outbox.
    public func hasLetter(_ identity: String) async throws -> Bool {
        try await read { connection in
            try connection.row("SELECT id FROM mail WHERE identity = :identity", ["identity": identity]) != nil
        }
    }
}

extension Connection {
    fileprivate func uploadCounts(_ time: [String: any SQLArgument]) throws -> [DigestReport.Count] {
        let rows = try rows(
            """
            SELECT outcome, count(*) AS number FROM upload WHERE decided >= :since AND decided < :until
                AND outcome IN ('accepted', 'rejected', 'held') GROUP BY outcome ORDER BY outcome
            """, time)
        return try rows.map { DigestReport.Count("uploads \(try $0.text("outcome"))", try $0.integer("number")) }
    }

    fileprivate func otherCounts(_ time: [String: any SQLArgument]) throws -> [DigestReport.Count] {
        let builds = try rows(
            """
            SELECT state, count(*) AS number FROM build WHERE ended >= :since AND ended < :until
            GROUP BY state ORDER BY state
            """, time
        ).map { DigestReport.Count("builds \(try $0.text("state"))", try $0.integer("number")) }
        let others = try [
            (
                "command texts carried out",
                "SELECT count(*) AS number FROM command_log WHERE received >= :since AND received < :until"
            ),
            (
                "mails that came back",
                "SELECT count(*) AS number FROM bounce WHERE received >= :since AND received < :until"
            ),
        ].map { DigestReport.Count($0, try row($1, time)?.integer("number") ?? 0) }
        return builds + others.filter { $0.count > 0 }
    }

    /// By the code of the first finding.
    fileprivate func ignoredCounts(_ time: [String: any SQLArgument]) throws -> [DigestReport.Count] {
        var counts: [String: Int64] = [:]
        try forEachRow(
            "SELECT verdict FROM upload WHERE outcome = 'ignored' AND decided >= :since AND decided < :until", time
        ) { row in
            let verdict = try JSONText.decode(Verdict.self, row.text("verdict"))
            counts[verdict.findings.first?.code ?? "for no reason that was written down", default: 0] += 1
        }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { DigestReport.Count($0.key, $0.value) }
    }

    /// As many of each kind as a person looks at in a mail; the others are counted.
    private static let shownFailures = 20

    fileprivate func failures(_ time: [String: any SQLArgument], now: Int64) throws -> [String] {
        let uploads = try rows(
            "SELECT id, path, attempts FROM upload WHERE outcome = 'failed' ORDER BY id"
        ).map {
            "Upload \(try $0.integer("id")), \(try $0.text("path")), failed \(try $0.integer("attempts")) times."
        }
        let mails = try rows(
            """
            SELECT id, recipient, last_error FROM mail WHERE state = 'dead' AND next_attempt >= :since
                AND created < :until ORDER BY id
            """, time
        ).map {
            "Mail \(try $0.integer("id")) to \(try $0.text("recipient")) was given up: "
                + (try $0.optionalText("last_error") ?? "")
        }
        let builds = try rows(
            "SELECT id, cause FROM build WHERE state = 'wanted' AND cause IS NOT NULL ORDER BY id"
        ).map { "Build \(try $0.integer("id")) cannot begin: \(try $0.text("cause"))" }
        let bases = try rows(
            """
            SELECT d.name AS distribution, s.name, s.base_fault FROM suite s JOIN distribution d ON d.id = s.distribution
            WHERE s.base_fault IS NOT NULL ORDER BY 1, 2
            """
        ).map { row in
            "The base of \(try row.text("distribution"))/\(try row.text("name")) cannot be read: \(try row.text("base_fault"))"
        }
        let all = [
            ("failed uploads", uploads), ("mails that were given up", mails), ("builds that cannot begin", builds),
            ("bases that cannot be read", bases),
            ("PPAs that wait for builds of their base", try sentencesOfAwaitedBuilds(now: now)),
        ]
        return all.flatMap { what, lines in
            let more = lines.count - Self.shownFailures
            return lines.prefix(Self.shownFailures).map(\.printable)
                + (more > 0 ? ["And \(more) more \(what)."] : [])
        }
    }

    fileprivate func queues(now: Int64) throws -> [DigestReport.Queue] {
        let queues = [
            ("uploads held", "SELECT count(*) AS number, min(received) AS oldest FROM upload WHERE outcome = 'held'"),
            (
                "builds wanted or under way",
                """
                SELECT count(*) AS number, min(created) AS oldest FROM build
                WHERE state IN ('wanted', 'building', 'uploading')
                """
            ),
            ("mails", "SELECT count(*) AS number, min(created) AS oldest FROM mail WHERE state = 'queued'"),
            (
                "suites to publish",
                "SELECT count(*) AS number, NULL AS oldest FROM archive_suite WHERE changed > published"
            ),
        ]
        return try queues.compactMap { what, sql in
            guard let row = try row(sql), try row.integer("number") > 0 else { return nil }
            return DigestReport.Queue(
                what, length: try row.integer("number"), age: try row.optionalInteger("oldest").map { now - $0 })
        }
    }
}
