public import ArchiveModel
public import DebianControl

/// How much archives may have in their pools.
public struct QuotaRule: Sendable, Hashable {
    /// Bytes that a PPA may have unless it has a quota of its own: what Launchpad gives. `nil` is no limit.
    public var ofPPAs: Int64? = 8 << 30
    /// Percent of its quota above which uploads to an archive, and once its owner, are told.
    public var warning: Int64 = 95
    /// PPAs that a person or a team may have, as each has a signing key of its own and is looked at by every sweep. Admins make
    /// more. `nil` is no limit.
    public var ppasEach: Int64? = 100

    public init() {}

    /// `nil` is no limit: the rule of a primary archive, whose uploaders the admin chooses.
    public func limit(of archive: Archive) -> PoolLimit? {
        archive.quota(ofPPAs: ofPPAs).map { PoolLimit(bytes: $0, warning: warning) }
    }
}

extension Archive {
    /// Bytes that the pool may have; `nil` is no limit.
    /// - Parameter rule: of the PPAs and external archives that have no quota of their own.
    public func quota(ofPPAs rule: Int64?) -> Int64? {
        switch quota {
        case .standard: [.ppa, .external].contains(kind) ? rule : nil
        case .unlimited: nil
        case .bytes(let own): own
        }
    }
}

extension Catalog {
    public func setQuota(_ quota: ArchiveQuota, of archive: Archive) async throws {
        try await write { connection in
            try connection.execute(
                "UPDATE archive SET quota = :quota WHERE id = :archive", ["quota": quota.stored, "archive": archive.id])
        }
    }

    /// Which of these are in the archive's pool: they take no more room.
    public func pooled(_ names: [FileName], in archive: Archive) async throws -> Set<FileName> {
        try await read { connection in
            Set(
                try names.filter { name in
                    try connection.row(
                        "SELECT size FROM pool_file WHERE archive = :archive AND name = :name",
                        ["archive": archive.id, "name": name]) != nil
                })
        }
    }

    /// Who looks after an archive: its owner, or the members of the owning team; of a primary archive the admins. Without
    /// people who are blocked.
    public func keepers(of archive: Archive) async throws -> [Person] {
        try await read { try $0.keepers(ofArchive: archive.id) }
    }
}

extension Connection {
    func poolBytes(ofArchive archive: Int64) throws -> Int64 {
        guard let row = try row("SELECT bytes FROM archive WHERE id = :archive", ["archive": archive]) else {
            throw CatalogFailure.noRow("archive")
        }
        return try row.integer("bytes")
    }

    /// After files were brought in, in the same transaction: others may have taken the room since it was looked for. Tells
    /// whoever looks after the archive when the upload brought it above the warning.
    /// - Parameters:
    ///   - before: the pool's bytes before the files came.
    ///   - what: `hello 2.10-3`.
    /// - Throws: `Conflict` when there is no room for them.
    func guardRoom(_ limit: PoolLimit?, inArchive archive: Int64, before: Int64, for what: String, now: Int64) throws {
        let used = try poolBytes(ofArchive: archive)
        guard let limit, used > before else { return }
        if limit.isExceeded(by: used) { throw Conflict("There is no room for \(what) any more.") }
        guard limit.isNearlyReached(by: used), !limit.isNearlyReached(by: before) else { return }
        guard let full = try self.archive(id: archive) else { return }
        let report = QuotaReport(
            archive: full.reference, kind: full.kind, used: used, limit: limit.bytes, last: what)
        try queue(
            keepers(ofArchive: archive).map { keeper in
                Letter(
                    to: keeper.mail, identity: "quota-\(archive)-\(now)-\(keeper.id)", content: .quota(report),
                    reason: "\(full.reference) is yours to look after")
            }, now: now)
    }

    func keepers(ofArchive archive: Int64) throws -> [Person] {
        try rows(
            """
            \(Person.select) JOIN archive a ON a.id = :archive WHERE o.sort = 'person' AND o.is_blocked = 0 AND (
                o.id = a.owner OR o.id IN (SELECT person FROM team_member WHERE team = a.owner)
                OR (a.owner IS NULL AND o.is_admin = 1))
            ORDER BY o.id
            """, ["archive": archive]
        ).map(Person.init(row:))
    }
}

extension ArchiveQuota {
    /// NULL is the service's rule, 0 no limit.
    init(stored: Int64?) {
        self =
            switch stored {
            case nil: .standard
            case let bytes? where bytes > 0: .bytes(bytes)
            default: .unlimited
            }
    }

    fileprivate var stored: Int64? {
        switch self {
        case .standard: nil
        case .unlimited: 0
        case .bytes(let bytes): bytes
        }
    }
}
