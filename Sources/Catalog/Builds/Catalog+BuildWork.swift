public import ArchiveModel
public import DebianControl

/// A claimed build, with all a worker needs to carry it out.
public struct BuildOrder: Sendable, Hashable {
    public struct File: Sendable, Hashable {
        public let name: FileName
        public let sha256: String
    }

    public let record: BuildRecord
    public let dsc: File
    /// What the `.dsc` lists.
    public let files: [File]
    /// The words of the source's `Architecture` field.
    public let sourceArchitectures: [ArchitectureWildcard]
    /// apt sources (deb822 text) of the base suite; empty: the machine's own.
    public let baseSources: String
    /// The key the archive is signed with.
    public let archiveKey: Fingerprint
    /// The archive's suite can be read by apt, and has something.
    public let isArchivePublished: Bool
    /// Other archives that the build may draw on, nearest first.
    public let needed: [NeededArchive]
}

/// What a worker can build: it takes nothing else.
public struct BuildAbility: Sendable {
    public var architectures: [Architecture]
    /// Left out for now: `bookworm/i386`.
    public var except: [String]
    /// Left out for now, by number.
    public var exceptBuilds: [Int64]

    public init(architectures: [Architecture], except: [String] = [], exceptBuilds: [Int64] = []) {
        self.architectures = architectures
        self.except = except
        self.exceptBuilds = exceptBuilds
    }
}

extension Catalog {
    /// Takes the next wanted build for a worker; no two workers get the same one. Builds of sources that are published no
    /// more are cancelled on the way.
    /// - Parameters:
    ///   - key: that the worker signs results with.
    ///   - lease: until when, in Unix seconds, the worker has it; `extendBuildLease` before that.
    /// - Returns: `nil` when nothing is wanted that the worker is able to build, and when its key is blocked.
    public func claimBuild(
        by worker: String, key: Fingerprint? = nil, able ability: BuildAbility, lease: Int64, now: Int64
    ) async throws -> BuildOrder? {
        try await write { connection in
            if let key, try connection.isBlocked(key) { return nil }
            try connection.cancelBuildsOfGoneSources(now: now)
            try connection.noteBuildsThatLackArchives()
            guard let id = try connection.claimBuild(by: worker, able: ability, lease: lease, now: now) else {
                return nil
            }
            try connection.execute(
                "UPDATE build SET builder_key = :key WHERE id = :id", ["key": key, "id": id])
            return try connection.buildOrder(id)
        }
    }

    /// - Returns: `false` when the build is the worker's no more: it was cancelled, as it is now when its source is published
    ///   no more; or its lease ran out and another has it.
    public func extendBuildLease(_ id: Int64, by worker: String, until lease: Int64, now: Int64) async throws -> Bool {
        try await write { connection in
            try connection.cancelBuildsOfGoneSources(now: now)
            return try connection.execute(
                "UPDATE build SET lease_until = :lease WHERE id = :id AND state = 'building' AND worker = :worker",
                ["id": id, "worker": worker, "lease": lease]) == 1
        }
    }

    /// The suite that a build is for may soon have what the build misses: it waits for the publisher or was published during
    /// the build, or a build of another source is under way or comes earlier.
    public func isArchiveMoving(around id: Int64) async throws -> Bool {
        try await read { connection in
            if try connection.isNeededArchiveMoving(around: id) { return true }
            return try connection.row(
                """
                SELECT 1 AS yes FROM build b JOIN archive_suite a ON a.id = b.archive_suite
                WHERE b.id = :id AND (a.changed > a.published OR a.published_at >= b.started OR EXISTS (
                    SELECT 1 FROM build o WHERE o.archive_suite = b.archive_suite AND o.id <> b.id
                        AND (o.architecture = b.architecture OR o.builds_all = 1)
                        AND (o.state IN ('building', 'uploading') OR (o.state = 'wanted' AND o.id < b.id))))
                """, ["id": id]) != nil
        }
    }

    /// The worker's result is on its way through the intake. The intake may have been faster; then nothing changes.
    public func markUploading(_ id: Int64, by worker: String) async throws {
        try await write { connection in
            try connection.execute(
                """
                UPDATE build SET state = 'uploading', lease_until = NULL
                WHERE id = :id AND state = 'building' AND worker = :worker
                """, ["id": id, "worker": worker])
        }
    }

    /// The build failed, and its letters say so. The intake calls it as well, for a result it had to reject.
    /// - Returns: `false` when the build was neither under way nor uploading: then nobody is told.
    @discardableResult
    public func failBuild(_ id: Int64, cause: String, letters: [Letter], now: Int64) async throws -> Bool {
        try await write { connection in
            let changed = try connection.execute(
                """
                UPDATE build SET state = 'failed', lease_until = NULL, ended = :now, cause = :cause
                WHERE id = :id AND state IN ('building', 'uploading')
                """, ["id": id, "cause": cause, "now": now])
            if changed == 1 { try connection.queue(letters, now: now) }
            return changed == 1
        }
    }

    /// Puts a build back that the worker could not carry out for a reason that is not the package's. It does not count
    /// as an attempt.
    public func giveBackBuild(
        _ id: Int64, by worker: String, cause: String?, letters: [Letter] = [], now: Int64
    ) async throws {
        try await write { connection in
            let changed = try connection.execute(
                """
                UPDATE build SET state = 'wanted', worker = NULL, lease_until = NULL, attempts = attempts - 1,
                    ended = :now, cause = :cause
                WHERE id = :id AND state = 'building' AND worker = :worker
                """, ["id": id, "worker": worker, "cause": cause, "now": now])
            if changed == 1 { try connection.queue(letters, now: now) }
        }
    }

    /// Puts builds back that a worker of this name had when it died. Called when it starts again.
    /// - Returns: the builds.
    @discardableResult
    public func giveBackBuilds(ofDead worker: String, attemptsLimit: Int64, now: Int64) async throws -> [Int64] {
        try await write { connection in
            try connection.giveBack(where: "worker = :worker", ["worker": worker], attemptsLimit: attemptsLimit, now)
        }
    }

    /// Puts builds back whose lease ran out: their workers are gone.
    /// - Returns: the builds.
    @discardableResult
    public func giveBackExpiredBuilds(attemptsLimit: Int64, now: Int64) async throws -> [Int64] {
        try await write { connection in
            try connection.giveBack(where: "lease_until <= :now", [:], attemptsLimit: attemptsLimit, now)
        }
    }

    /// Builds whose workers died as often as is borne; `failBuild` ends them.
    public func buildsGivenUp(attemptsLimit: Int64, now: Int64) async throws -> [BuildRecord] {
        try await read { connection in
            try connection.rows(
                """
                \(BuildRecord.select) WHERE b.state = 'building' AND b.lease_until <= :now AND b.attempts >= :limit
                ORDER BY b.id
                """, ["limit": attemptsLimit, "now": now]
            ).map(BuildRecord.init(row:))
        }
    }
}

extension Connection {
    fileprivate func cancelBuildsOfGoneSources(now: Int64) throws {
        try execute(
            """
            UPDATE build SET state = 'cancelled', lease_until = NULL, ended = :now,
                cause = 'The source is published no more.'
            WHERE state IN ('wanted', 'building') AND NOT \(BuildRecord.sourceIsLive)
            """, ["now": now])
    }

    /// Builds for a suite that waits for the publisher come last: they may need what is about to appear there.
    fileprivate func claimBuild(
        by worker: String, able ability: BuildAbility, lease: Int64, now: Int64
    ) throws -> Int64? {
        let architectures = NamedWords(ability.architectures.map(\.description), prefix: "architecture")
        let except = NamedWords(ability.except, prefix: "except")
        let builds = ability.exceptBuilds.map { "\($0)" }.joined(separator: ", ")
        let exceptions =
            (ability.except.isEmpty ? "" : "AND t.name || '/' || b.architecture NOT IN (\(except.list))")
            + (builds.isEmpty ? "" : " AND b.id NOT IN (\(builds))") + (try exceptArchivesThatLackOthers())
        let arguments = architectures.arguments.merging(except.arguments) { first, _ in first }
        return try row(
            """
            UPDATE build SET state = 'building', worker = :worker, lease_until = :lease, attempts = attempts + 1,
                started = :now, ended = NULL, cause = NULL
            WHERE id = (
                SELECT b.id FROM build b JOIN archive_suite a ON a.id = b.archive_suite
                JOIN suite t ON t.id = a.suite JOIN archive r ON r.id = a.archive
                WHERE b.state = 'wanted' AND r.is_enabled = 1 AND b.architecture IN (\(architectures.list)) \(exceptions)
                ORDER BY a.changed > a.published, b.score DESC, b.id LIMIT 1
            ) AND state = 'wanted' RETURNING id
            """, arguments.merging(["worker": worker, "lease": lease, "now": now]) { first, _ in first }, isKept: false
        )?.integer("id")
    }

    fileprivate func giveBack(
        where condition: String, _ arguments: [String: any SQLArgument], attemptsLimit: Int64, _ now: Int64
    ) throws -> [Int64] {
        try rows(
            """
            UPDATE build SET state = 'wanted', worker = NULL, lease_until = NULL, ended = :now,
                cause = 'The worker died during the build.'
            WHERE state = 'building' AND \(condition) AND attempts < :limit RETURNING id
            """, arguments.merging(["limit": attemptsLimit, "now": now]) { first, _ in first }
        ).map { try $0.integer("id") }
    }

    fileprivate func buildOrder(_ id: Int64) throws -> BuildOrder {
        guard let record = try build(id),
            let row = try row(
                """
                SELECT s.dsc_name AS name, s.dsc_sha256 AS sha256, s.architectures, t.base_sources, r.signing_key,
                    (a.published_at IS NOT NULL) AS is_published
                FROM build b JOIN source s ON s.id = b.source JOIN archive_suite a ON a.id = b.archive_suite
                JOIN suite t ON t.id = a.suite JOIN archive r ON r.id = a.archive WHERE b.id = :id
                """, ["id": id])
        else { throw CatalogFailure.noRow("build") }
        let files = try rows(
            """
            SELECT f.name, f.sha256 FROM source_file f JOIN build b ON b.source = f.source
            WHERE b.id = :id ORDER BY f.name
            """, ["id": id])
        return try BuildOrder(
            record: record, row: row, files: files.map(BuildOrder.File.init(row:)), needed: neededArchives(forBuild: id)
        )
    }
}

extension BuildOrder {
    fileprivate init(record: BuildRecord, row: ResultRow, files: [File], needed: [NeededArchive]) throws {
        (self.record, self.files, self.needed) = (record, files, needed)
        dsc = try File(row: row)
        sourceArchitectures = try row.words("architectures") { ArchitectureWildcard($0) }
        baseSources = try row.text("base_sources")
        archiveKey = try row.parsed("signing_key") { Fingerprint($0) }
        isArchivePublished = try row.flag("is_published")
    }
}

extension BuildOrder.File {
    fileprivate init(row: ResultRow) throws {
        name = try row.parsed("name") { FileName($0) }
        sha256 = try row.text("sha256")
    }
}
