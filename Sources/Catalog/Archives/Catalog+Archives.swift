public import ArchiveModel
public import DebianControl

/// An archive and the suites it has.
public struct Archive: Sendable, Hashable {
    public let id: Int64
    public let reference: ArchiveReference
    public let kind: ArchiveKind
    public let description: String
    public let signingKey: Fingerprint
    public let presence: ArchivePresence
    /// Since when, in Unix seconds; 0: always.
    public let presenceSince: Int64
    /// A disabled archive takes no uploads and builds nothing; so is one that is not shown.
    public let isEnabled: Bool
    /// Names that were never here wait until its owner, or an admin, has looked at them.
    public let hasNew: Bool
    /// People may upload packages, and not only builders.
    public let takesBinaries: Bool
    /// Where it publishes; nil of a primary archive, which has those of its suites.
    public let components: [ComponentName]?
    public let quota: ArchiveQuota
    /// Bytes in its pool, with what is accepted and not yet published.
    public let bytes: Int64
    /// Who is told of what it accepts, beside the signer.
    public let announce: MailAddress?
    /// What is done about sources that its base has in newer versions.
    public let newerInBase: NewerInBaseAction
    public let versionRules: VersionRules
    /// What is accepted is built without being asked for.
    public let buildsByItself: Bool
    /// Every registered person may upload to it.
    public let isForEveryone: Bool
    /// What a rebuild makes.
    public let rebuilds: RebuildMethod
    /// In order of name.
    public let suites: [ArchiveSuite]

    public func suite(_ name: SuiteName) -> ArchiveSuite? { suites.first { $0.name == name } }
}

/// A suite of an archive: what uploads, builds and publications point at.
public struct ArchiveSuite: Sendable, Hashable {
    public let id: Int64
    public let name: SuiteName
    /// What is built and published here, without `all` and `source`.
    public let architectures: [Architecture]
    /// Whether it takes uploads: where the distribution's suite is closed, none of its archives' does.
    public let state: SuiteState
    /// An admin froze or closed it, or its base is gone, and only admins change that, or decide what comes for it.
    public let onlyAdminsOpen: Bool
    /// Its base is gone for long, and apt does not see what it has.
    public let isWithdrawn: Bool
    /// The base suite's apt sources (deb822 text) for builds.
    public let baseSources: String
}

extension Catalog {
    public func archive(_ reference: ArchiveReference) async throws -> Archive? {
        try await read { try $0.archive(reference) }
    }

    public func archives() async throws -> [Archive] {
        try await read { connection in
            try connection.rows("SELECT * FROM archive ORDER BY reference").map { try connection.archive(row: $0) }
        }
    }

    /// Those of a person or a team, in order of reference.
    public func archives(of owner: OwnerName) async throws -> [Archive] {
        try await read { connection in
            try connection.rows(
                "SELECT a.* FROM archive a JOIN owner o ON o.id = a.owner WHERE o.name = :owner ORDER BY a.reference",
                ["owner": owner]
            ).map { try connection.archive(row: $0) }
        }
    }

    /// Makes an archive with its suites.
    /// - Throws: `Conflict` when there is one of that reference, or the owner, the distribution or a suite is unknown.
    @discardableResult
    public func createArchive(_ new: NewArchive, now: Int64) async throws -> Archive {
        try await write { try $0.createArchive(new, now: now) }
    }

    /// - Parameter hasNew: whether names that were never in the archive wait for an admin.
    public func setNew(_ hasNew: Bool, of archive: Archive) async throws {
        try await write { connection in
            try connection.execute(
                "UPDATE archive SET has_new = :new WHERE id = :archive", ["new": hasNew, "archive": archive.id])
        }
    }

    public func setTakesBinaries(_ takes: Bool, of archive: Archive) async throws {
        try await write { connection in
            try connection.execute(
                "UPDATE archive SET takes_binaries = :takes WHERE id = :archive",
                ["takes": takes, "archive": archive.id])
        }
    }

    /// - Parameter isByAdmin: only admins open again what they froze or closed.
    public func setState(_ state: SuiteState, of suite: ArchiveSuite, byAdmin isByAdmin: Bool = true) async throws {
        try await write { try $0.setState(state, of: suite, byAdmin: isByAdmin) }
    }

    /// Where builds of each source go on: a suite that is open, by name.
    public func vocabulary(standard: DistributionName?) async throws -> TargetVocabulary {
        try await read { connection in
            var suites: [DistributionName: Set<SuiteName>] = [:]
            let rows = try connection.rows(
                "SELECT d.name AS distribution, s.name AS suite FROM distribution d LEFT JOIN suite s ON s.distribution = d.id"
            )
            for row in rows {
                let distribution = try row.parsed("distribution") { DistributionName($0) }
                let suite = try row.optionalParsed("suite") { SuiteName($0) }
                suites[distribution, default: []].formUnion(suite.map { [$0] } ?? [])
            }
            return TargetVocabulary(suites: suites, standard: standard)
        }
    }
}

/// What `createArchive` makes.
public struct NewArchive: Sendable {
    public let reference: ArchiveReference
    public let kind: ArchiveKind
    public let description: String
    public let signingKey: Fingerprint
    /// `nil` architectures: those of the distribution's suite.
    public let suites: [(name: SuiteName, architectures: [Architecture]?)]
    /// People may upload packages.
    public var takesBinaries = false
    /// Sources are built here.
    public var buildsByItself = true

    public init(
        _ reference: ArchiveReference, kind: ArchiveKind, description: String, signingKey: Fingerprint,
        suites: [(name: SuiteName, architectures: [Architecture]?)]
    ) {
        self.reference = reference
        self.kind = kind
        self.description = description
        self.signingKey = signingKey
        self.suites = suites
    }
}

extension Connection {
    func archive(_ reference: ArchiveReference) throws -> Archive? {
        try row("SELECT * FROM archive WHERE reference = :reference", ["reference": reference.description])
            .map { try archive(row: $0) }
    }

    func archive(row: ResultRow) throws -> Archive {
        let id = try row.integer("id")
        return Archive(
            id: id, reference: try row.parsed("reference") { ArchiveReference($0) },
            kind: try row.parsed("kind", ArchiveKind.init(rawValue:)), description: try row.text("description"),
            signingKey: try row.parsed("signing_key") { Fingerprint($0) },
            presence: try row.parsed("presence", ArchivePresence.init(rawValue:)),
            presenceSince: try row.integer("presence_since"), isEnabled: try row.flag("is_enabled"),
            hasNew: try row.flag("has_new"), takesBinaries: try row.flag("takes_binaries"),
            components: try components(row: row), quota: ArchiveQuota(stored: try row.optionalInteger("quota")),
            bytes: try row.integer("bytes"),
            announce: try row.optionalParsed("announce") { MailAddress($0) },
            newerInBase: try row.parsed("newer_in_base", NewerInBaseAction.init(rawValue:)),
            versionRules: try VersionRules(row: row), buildsByItself: try row.flag("autobuild"),
            isForEveryone: try row.flag("everyone_uploads"),
            rebuilds: try row.parsed("rebuilds", RebuildMethod.init(rawValue:)),
            suites: try suites(ofArchive: id))
    }

    private func components(row: ResultRow) throws -> [ComponentName]? {
        if try row.text("kind") == ArchiveKind.primary.rawValue { return nil }
        guard try row.optionalText("components") != nil else { return [.main] }
        return try row.words("components") { ComponentName($0) }
    }

    private func suites(ofArchive archive: Int64) throws -> [ArchiveSuite] {
        try rows(
            """
            SELECT a.id, a.architectures, a.state, a.only_admins_open, s.name, s.is_open, s.base_sources,
                (s.base_gone IS NOT NULL AND r.kind = 'ppa') AS is_base_gone,
                (s.base_withdrawn IS NOT NULL AND r.kind = 'ppa') AS is_withdrawn
            FROM archive_suite a JOIN suite s ON s.id = a.suite JOIN archive r ON r.id = a.archive
            WHERE a.archive = :archive AND a.is_removed = 0 ORDER BY s.name
            """, ["archive": archive]
        ).map { row in
            let isBaseGone = try row.flag("is_base_gone")
            let state = try row.flag("is_open") ? row.parsed("state", SuiteState.init(rawValue:)) : .closed
            return ArchiveSuite(
                id: try row.integer("id"), name: try row.parsed("name") { SuiteName($0) },
                architectures: try row.words("architectures") { Architecture($0) },
                state: isBaseGone && state == .open ? .frozen : state,
                onlyAdminsOpen: try isBaseGone || row.flag("only_admins_open"),
                isWithdrawn: try row.flag("is_withdrawn"),
                baseSources: try row.text("base_sources"))
        }
    }

    func createArchive(_ new: NewArchive, now: Int64) throws -> Archive {
        guard try archive(new.reference) == nil else { throw Conflict("There is an archive \(new.reference) already.") }
        let distribution = try distribution(new.reference.distribution)
        let archive = try insert(
            """
            INSERT INTO archive (reference, kind, owner, distribution, description, signing_key, created, has_new,
                takes_binaries, autobuild)
            VALUES (:reference, :kind, :owner, :distribution, :description, :key, :now, :new, :binaries, :autobuild)
            RETURNING id
            """,
            [
                "reference": new.reference.description, "kind": new.kind, "new": new.kind == .primary,
                "owner": try owner(of: new.reference),
                "distribution": distribution, "description": new.description, "key": new.signingKey, "now": now,
                "binaries": new.takesBinaries, "autobuild": new.buildsByItself,
            ])
        for suite in new.suites { try add(suite, of: distribution, toArchive: archive) }
        guard let made = try self.archive(new.reference) else { throw CatalogFailure.noRow("archive") }
        return made
    }

    private func owner(of reference: ArchiveReference) throws -> Int64? {
        guard let name = reference.owner else { return nil }
        guard let row = try row("SELECT id FROM owner WHERE name = :name", ["name": name]) else {
            throw Conflict("There is no person or team \(name).")
        }
        return try row.integer("id")
    }

    /// One that the archive had before is frozen or closed as it was then.
    func add(
        _ suite: (name: SuiteName, architectures: [Architecture]?), of distribution: Int64, toArchive archive: Int64
    ) throws {
        let base = try row(
            "SELECT id, architectures FROM suite WHERE distribution = :distribution AND name = :name",
            ["distribution": distribution, "name": suite.name])
        guard let base else { throw Conflict("There is no suite \(suite.name).") }
        let architectures = suite.architectures?.map(\.description).joined(separator: " ")
        try execute(
            """
            INSERT INTO archive_suite (archive, suite, architectures) VALUES (:archive, :suite, :architectures)
            ON CONFLICT (archive, suite) DO UPDATE SET architectures = excluded.architectures, is_removed = 0,
                changed = archive_suite.changed + 1
            """,
            [
                "archive": archive, "suite": try base.integer("id"),
                "architectures": try architectures ?? base.text("architectures"),
            ])
    }

    func distribution(_ name: DistributionName) throws -> Int64 {
        guard let row = try row("SELECT id FROM distribution WHERE name = :name", ["name": name]) else {
            throw Conflict("There is no distribution \(name).")
        }
        return try row.integer("id")
    }
}

extension Archive {
    /// Sources may be built here: those of an external archive only where its owner wanted it.
    public var isBuiltHere: Bool { kind != .external || buildsByItself }
}
