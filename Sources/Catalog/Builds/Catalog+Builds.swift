public import ArchiveModel
public import DebianControl

/// A build as lists, pages and mails show it.
public struct BuildRecord: Sendable, Hashable {
    public let id: Int64
    public let archive: ArchiveReference
    public let suite: SuiteName
    public let package: PackageName
    public let version: PackageVersion
    public let architecture: Architecture
    public let buildsAll: Bool
    /// The N of its packages' version `VERSION+bN`; 0: they have the source's.
    public let rebuild: Int64
    /// Why it is a rebuild, for the packages' changelog; else empty.
    public let reason: String
    public let state: BuildState
    public let worker: String?
    /// How often a worker has taken it since it was wanted or retried.
    public let attempts: Int64
    /// Unix seconds, as the next two.
    public let created: Int64
    /// When the last attempt began.
    public let started: Int64?
    public let ended: Int64?
    /// Why it failed, was cancelled, or waits again.
    public let cause: String?
    /// Who signed the source: a failure is told here.
    public let signer: MailAddress

    /// What its packages have.
    public var packageVersion: String { rebuild == 0 ? version.description : "\(version)+b\(rebuild)" }
}

extension Catalog {
    public func build(_ id: Int64) async throws -> BuildRecord? {
        try await read { try $0.build(id) }
    }

    /// Newest first.
    /// - Parameters:
    ///   - archive: `nil` for all.
    ///   - states: empty for all.
    public func builds(
        in archive: ArchiveReference? = nil, states: Set<BuildState> = [], limit: Int = 100
    ) async throws -> [BuildRecord] {
        try await read { connection in
            var words = NamedWords(states.map(\.rawValue).sorted(), prefix: "state")
            words.arguments["limit"] = limit
            words.arguments["archive"] = archive?.description
            let inArchive = archive == nil ? "" : "AND r.reference = :archive"
            let inStates = states.isEmpty ? "" : "AND b.state IN (\(words.list))"
            return try connection.rows(
                "\(BuildRecord.select) WHERE 1 = 1 \(inArchive) \(inStates) ORDER BY b.id DESC LIMIT :limit",
                words.arguments
            ).map(BuildRecord.init(row:))
        }
    }

    /// The builds of one source of an archive, in order.
    public func builds(
        of package: PackageName, _ version: PackageVersion, in archive: ArchiveReference
    ) async throws -> [BuildRecord] {
        try await read { connection in
            try connection.rows(
                """
                \(BuildRecord.select) WHERE r.reference = :archive AND s.name = :name AND s.version = :version
                ORDER BY b.id
                """, ["archive": archive.description, "name": package, "version": version]
            ).map(BuildRecord.init(row:))
        }
    }

    /// Wants a build again that has failed, was cancelled, or whose result never came.
    /// - Throws: `Conflict` when there is nothing to retry, or the source is published no more.
    public func retryBuild(_ id: Int64) async throws {
        try await write { try $0.retryBuild(id) }
    }

    /// Ends a build that nobody needs. A worker that has it notices when it next extends its lease.
    /// - Throws: `Conflict` when the build has ended already.
    public func cancelBuild(_ id: Int64, cause: String, now: Int64) async throws {
        try await write { try $0.cancelBuild(id, cause: cause, now: now) }
    }
}

extension Connection {
    func build(_ id: Int64) throws -> BuildRecord? {
        try row("\(BuildRecord.select) WHERE b.id = :id", ["id": id]).map(BuildRecord.init(row:))
    }

    fileprivate func retryBuild(_ id: Int64) throws {
        let changed = try execute(
            """
            UPDATE build SET state = 'wanted', worker = NULL, attempts = 0, started = NULL, ended = NULL, cause = NULL
            WHERE id = :id AND state IN ('failed', 'cancelled', 'uploading') AND \(BuildRecord.sourceIsLive)
            """, ["id": id])
        guard changed == 1 else { throw try noSuchMove("retried", build: id) }
    }

    fileprivate func cancelBuild(_ id: Int64, cause: String, now: Int64) throws {
        let changed = try execute(
            """
            UPDATE build SET state = 'cancelled', lease_until = NULL, ended = :now, cause = :cause
            WHERE id = :id AND state IN ('wanted', 'building', 'uploading')
            """, ["id": id, "now": now, "cause": cause])
        guard changed == 1 else { throw try noSuchMove("cancelled", build: id) }
    }

    fileprivate func noSuchMove(_ verb: String, build id: Int64) throws -> Conflict {
        guard let build = try build(id) else { return Conflict("There is no build \(id).") }
        return Conflict(
            "Build \(id) cannot be \(verb): it is \(build.state.rawValue), or its source is published no more.")
    }
}

extension CommandEffect {
    public static func retryBuild(_ id: Int64) -> CommandEffect {
        CommandEffect { connection, _ in
            try connection.retryBuild(id)
            return ["Build \(id) is wanted again."]
        }
    }

    /// Builds of a higher score are begun first.
    public static func rescoreBuild(_ id: Int64, score: Int64) -> CommandEffect {
        CommandEffect { connection, _ in
            let changed = try connection.execute(
                "UPDATE build SET score = :score WHERE id = :id AND state = 'wanted'", ["id": id, "score": score])
            guard changed == 1 else { throw try connection.noSuchMove("rescored", build: id) }
            return ["Build \(id) has the score \(score)."]
        }
    }

    public static func cancelBuild(_ id: Int64, cause: String) -> CommandEffect {
        CommandEffect { connection, now in
            try connection.cancelBuild(id, cause: cause, now: now)
            return ["Build \(id) is cancelled."]
        }
    }
}

extension BuildRecord {
    static let select = """
        SELECT b.*, r.reference, t.name AS suite, s.name AS package, s.version, o.mail AS signer
        FROM build b JOIN source s ON s.id = b.source JOIN owner o ON o.id = s.signer
        JOIN archive_suite a ON a.id = b.archive_suite JOIN suite t ON t.id = a.suite JOIN archive r ON r.id = a.archive
        """

    /// In a statement on `build`: its source is still wanted where it is built for.
    static let sourceIsLive = """
        EXISTS (SELECT 1 FROM source_publication p WHERE p.archive_suite = build.archive_suite
            AND p.source = build.source AND p.state IN ('pending', 'published'))
        """

    init(row: ResultRow) throws {
        id = try row.integer("id")
        archive = try row.parsed("reference") { ArchiveReference($0) }
        suite = try row.parsed("suite") { SuiteName($0) }
        package = try row.parsed("package") { PackageName($0) }
        version = try row.parsed("version") { PackageVersion($0) }
        architecture = try row.parsed("architecture") { Architecture($0) }
        buildsAll = try row.flag("builds_all")
        (rebuild, reason) = (try row.integer("rebuild"), try row.text("reason"))
        state = try row.parsed("state", BuildState.init(rawValue:))
        worker = try row.optionalText("worker")
        attempts = try row.integer("attempts")
        created = try row.integer("created")
        started = try row.optionalInteger("started")
        ended = try row.optionalInteger("ended")
        cause = try row.optionalText("cause")
        signer = try row.parsed("signer") { MailAddress($0) }
    }
}

/// Words as named arguments of a statement, for `IN (:word0, :word1)`.
struct NamedWords {
    /// `:word0, :word1`; of no words, a list that contains nothing.
    let list: String
    var arguments: [String: any SQLArgument] = [:]

    init(_ words: [String], prefix: String) {
        for (place, word) in words.enumerated() { arguments["\(prefix)\(place)"] = word }
        list = words.isEmpty ? "NULL" : words.indices.map { ":\(prefix)\($0)" }.joined(separator: ", ")
    }
}
