public import ArchiveModel
public import DebianControl

/// What a person or a team may upload to an archive that is not theirs. `nil` is any.
public struct UploadRight: Sendable, Hashable {
    /// Only what this primary key has signed.
    public var key: Fingerprint?
    public var source: PackageName?
    public var suite: SuiteName?
    /// `source` for sources, else packages for this architecture.
    public var architecture: Architecture?
    public var component: ComponentName?
    /// The sources of this set of the archive.
    public var packageSet: PackageSetName?
    /// What the set has at the moment.
    fileprivate var packages: Set<PackageName> = []
    /// What comes by this right does not wait in NEW.
    public var skipsNew: Bool
    /// It holds before that, in Unix seconds; nil: until it is taken back.
    public var until: Int64?

    public init(
        key: Fingerprint? = nil, source: PackageName? = nil, suite: SuiteName? = nil, architecture: Architecture? = nil,
        component: ComponentName? = nil, packageSet: PackageSetName? = nil, skipsNew: Bool = false,
        until: Int64? = nil
    ) {
        self.until = until
        self.key = key
        self.source = source
        self.suite = suite
        self.architecture = architecture
        self.component = component
        self.packageSet = packageSet
        self.skipsNew = skipsNew
    }

    public func covers(
        source: PackageName, suite: SuiteName, architecture: Architecture, component: ComponentName
    ) -> Bool {
        (self.source ?? source) == source && (self.suite ?? suite) == suite
            && (self.architecture ?? architecture) == architecture && (self.component ?? component) == component
            && (packageSet == nil || packages.contains(source))
    }
}

/// All that somebody may upload to an archive.
public enum UploadRights: Sendable, Hashable {
    /// Their own archive, or their team's.
    case all
    /// Those that were given and hold for the key; none is no right.
    case given([UploadRight])
}

/// A right as it is listed.
public struct GivenRight: Sendable, Hashable {
    public let id: Int64
    public let owner: OwnerName
    public let right: UploadRight
}

extension Catalog {
    /// What the person may upload to the archive with this primary key.
    public func uploadRights(of person: Person, key: Fingerprint, to archive: Archive) async throws -> UploadRights {
        try await read { try $0.uploadRights(of: person, key: key, to: archive) }
    }

    /// In the order they were given.
    public func rights(in archive: Archive) async throws -> [GivenRight] {
        try await read { connection in
            try connection.rows(
                """
                SELECT r.*, o.name FROM upload_right r JOIN owner o ON o.id = r.owner
                WHERE r.archive = :archive ORDER BY r.id
                """, ["archive": archive.id]
            ).map { row in
                GivenRight(
                    id: try row.integer("id"), owner: try row.parsed("name") { OwnerName($0) },
                    right: try connection.right(row: row, inArchive: archive.id))
            }
        }
    }

    /// - Returns: the right's number.
    /// - Throws: `Conflict` when there is no such person or team, or no such set.
    @discardableResult
    public func give(_ right: UploadRight, to owner: OwnerName, in archive: Archive) async throws -> Int64 {
        try await write { try $0.give(right, to: $0.owner(owner), in: archive, by: nil) }
    }

    /// - Throws: `Conflict` when the archive has no right of this number.
    public func withdraw(right: Int64, in archive: Archive) async throws {
        try await write { connection in
            let changed = try connection.execute(
                "DELETE FROM upload_right WHERE id = :id AND archive = :archive", ["id": right, "archive": archive.id])
            guard changed == 1 else { throw Conflict("\(archive.reference) has no right \(right).") }
        }
    }
}

extension CommandEffect {
    /// Rights that are there already are not given twice; they end when these do.
    public static func grant(
        _ rights: [UploadRight], to owner: OwnerName, in archive: ArchiveReference, by giver: Person
    ) -> CommandEffect {
        CommandEffect { connection, _ in
            let archive = try connection.known(archive)
            let id = try connection.owner(owner)
            for right in rights where try !connection.prolong(right, owner: id, in: archive, by: giver) {
                try connection.give(right, to: id, in: archive, by: giver)
            }
            return rights.map { "\(owner) may upload \($0.words) to \(archive.reference)." }
        }
    }

    /// - Parameter rights: nil for all that they have.
    public static func revoke(
        _ rights: [UploadRight]?, of owner: OwnerName, in archive: ArchiveReference
    ) -> CommandEffect {
        CommandEffect { connection, _ in
            let archive = try connection.known(archive)
            let id = try connection.owner(owner)
            guard let rights else { return [try connection.revokeAll(of: owner, id, in: archive)] }
            return try rights.map { right in
                let condition = "\(Connection.isRight) AND architecture IS NULL AND key IS NULL"
                let gone = try connection.execute(
                    "DELETE FROM upload_right WHERE \(condition)", connection.place(right, id, archive))
                guard gone > 0 else {
                    throw Conflict("\(owner) has no right to upload \(right.words) to \(archive.reference).")
                }
                return "\(owner) may upload \(right.words) to \(archive.reference) no more by this right."
            }
        }
    }
}

extension Connection {
    func owner(_ name: OwnerName) throws -> Int64 {
        guard let row = try row("SELECT id FROM owner WHERE name = :name", ["name": name]) else {
            throw Conflict("There is no person or team \(name).")
        }
        return try row.integer("id")
    }

    @discardableResult
    func give(
        _ right: UploadRight, to owner: Int64, in archive: Archive, by giver: Person? = nil
    ) throws -> Int64 {
        if let set = right.packageSet, try sources(ofSet: set, inArchive: archive.id).isEmpty {
            throw Conflict("\(archive.reference) has no package set \(set).")
        }
        return try insert(
            """
            INSERT INTO upload_right (
                archive, owner, key, source, suite, architecture, component, package_set, skips_new, until, giver)
            VALUES (:archive, :owner, :key, :source, :suite, :architecture, :component, :set, :skips, :until, :giver)
            RETURNING id
            """,
            [
                "archive": archive.id, "owner": owner, "key": right.key, "source": right.source,
                "suite": right.suite, "architecture": right.architecture, "component": right.component,
                "set": right.packageSet, "skips": right.skipsNew, "until": right.until, "giver": giver?.id,
            ])
    }

    fileprivate static let isRight = """
        archive = :archive AND owner = :owner AND coalesce(source, '') = coalesce(:source, '')
            AND coalesce(suite, '') = coalesce(:suite, '') AND component IS NULL AND package_set IS NULL
        """

    fileprivate func place(_ right: UploadRight, _ owner: Int64, _ archive: Archive) -> [String: any SQLArgument] {
        ["archive": archive.id, "owner": owner, "source": right.source, "suite": right.suite]
    }

    /// - Returns: `false` when there is none to be prolonged, or cut short.
    fileprivate func prolong(
        _ right: UploadRight, owner: Int64, in archive: Archive, by giver: Person
    ) throws -> Bool {
        let end: [String: any SQLArgument] = ["until": right.until, "giver": giver.id]
        return try execute(
            """
            UPDATE upload_right SET until = :until, giver = :giver
            WHERE \(Self.isRight) AND architecture IS NULL AND key IS NULL
            """, place(right, owner, archive).merging(end) { one, _ in one }) > 0
    }

    fileprivate func revokeAll(of name: OwnerName, _ owner: Int64, in archive: Archive) throws -> String {
        let gone = try execute(
            "DELETE FROM upload_right WHERE archive = :archive AND owner = :owner",
            ["archive": archive.id, "owner": owner])
        guard gone > 0 else { throw Conflict("\(name) was given no right in \(archive.reference).") }
        return "\(name) has no right in \(archive.reference) any more."
    }
}

extension UploadRight {
    /// "hello, bookworm"; "anything, until 2027-01-31".
    var words: String {
        let parts = [source?.description, suite?.text].compactMap(\.self)
        return (parts.isEmpty ? ["anything"] : parts).joined(separator: ", ") + (lastDay.map { ", until \($0)" } ?? "")
    }

    /// On which it holds, in UTC.
    public var lastDay: String? { until.map { UTCDate(secondsSince1970: $0 - 1).dayText } }
}

extension Connection {
    fileprivate func right(row: ResultRow, inArchive archive: Int64) throws -> UploadRight {
        let right = try UploadRight(row: row)
        guard let set = right.packageSet else { return right }
        return right.with(try sources(ofSet: set, inArchive: archive))
    }

    /// To the person, or a team of theirs: an archive may have given thousands to others.
    static let rightsGiven = """
        SELECT r.* FROM upload_right r WHERE r.archive = :archive AND (r.key IS NULL OR r.key = :key)
            AND (r.until IS NULL OR r.until > :now)
            AND r.owner IN (SELECT :person UNION ALL SELECT m.team FROM team_member m WHERE m.person = :person)
        ORDER BY r.id
        """

    func uploadRights(of person: Person, key: Fingerprint, to archive: Archive) throws -> UploadRights {
        if try isOwner(person, of: archive) { return .all }
        let rows = try rows(
            Self.rightsGiven, ["archive": archive.id, "key": key, "person": person.id, "now": clock])
        let given = try rows.map { try right(row: $0, inArchive: archive.id) }
        return .given(try isForEveryone(archive) ? [UploadRight()] + given : given)
    }

    /// The person owns the archive, or is of the owning team.
    func isOwner(_ person: Person, of archive: Archive) throws -> Bool {
        try row(
            """
            SELECT 1 AS yes FROM archive a WHERE a.id = :archive AND (
                a.owner = :person
                OR EXISTS (SELECT 1 FROM team_member m WHERE m.team = a.owner AND m.person = :person))
            """, ["archive": archive.id, "person": person.id]) != nil
    }
}

extension UploadRight {
    /// Without the sources of its package set.
    init(row: ResultRow) throws {
        key = try row.optionalParsed("key") { Fingerprint($0) }
        source = try row.optionalParsed("source") { PackageName($0) }
        suite = try row.optionalParsed("suite") { SuiteName($0) }
        architecture = try row.optionalParsed("architecture") { Architecture($0) }
        component = try row.optionalParsed("component") { ComponentName($0) }
        packageSet = try row.optionalParsed("package_set") { PackageSetName($0) }
        skipsNew = try row.flag("skips_new")
        until = try row.optionalInteger("until")
    }

    fileprivate func with(_ packages: Set<PackageName>) -> UploadRight {
        var right = self
        right.packages = packages
        return right
    }
}
