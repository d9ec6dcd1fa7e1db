public import ArchiveModel
internal import DebianControl

extension Catalog {
    /// What is done in this archive about sources that the base has in newer versions.
    public func setNewerInBase(_ action: NewerInBaseAction, of archive: Archive) async throws {
        try await write { connection in
            try connection.execute(
                "UPDATE archive SET newer_in_base = :action WHERE id = :archive",
                ["action": action.rawValue, "archive": archive.id])
        }
    }

    /// Looks for sources of PPAs that their bases have in newer versions, and does what each PPA wants about those that it
    /// was not told of yet. A PPA's letters, removals and the note of them are one transaction.
    /// - Returns: what was told.
    public func settleNewerInBase(now: Int64) async throws -> [NewerInBase] {
        let archives = try await read { try $0.archivesBehindBase() }
        var told: [NewerInBase] = []
        for archive in archives {
            if let one = try await write({ try $0.settleNewerInBase(archive, now: now) }) { told.append(one) }
        }
        return told
    }
}

/// A source that is behind, not told of yet.
private struct BehindBase {
    let place: Int64
    let source: Int64
    let package: NewerInBase.Package

    init(row: ResultRow) throws {
        place = try row.integer("place")
        source = try row.integer("source")
        package = NewerInBase.Package(
            try row.parsed("name") { PackageName($0) }, in: try row.parsed("suite") { SuiteName($0) },
            try row.parsed("version") { PackageVersion($0) },
            base: try row.parsed("base_version") { PackageVersion($0) })
    }
}

extension Connection {
    /// Of the base's versions the highest counts. `base_told` has what was told, so that each is told once.
    private static let behind = """
        FROM archive a JOIN archive_suite t ON t.archive = a.id JOIN suite u ON u.id = t.suite
        JOIN source_publication p ON p.archive_suite = t.id AND p.state IN ('pending', 'published')
        JOIN source s ON s.id = p.source
        JOIN base_source b ON b.suite = t.suite AND b.name = s.name AND b.is_extra = 0 AND b.version_key > s.version_key
        WHERE a.kind = 'ppa' AND a.is_enabled = 1 AND a.presence = 'shown' AND a.newer_in_base <> 'nothing'
            AND NOT EXISTS (SELECT 1 FROM base_source c WHERE c.suite = b.suite AND c.name = b.name AND c.is_extra = 0
                AND c.version_key > b.version_key)
            AND NOT EXISTS (SELECT 1 FROM base_told o WHERE o.archive_suite = t.id AND o.source = s.id
                AND o.version = b.version)
        """

    fileprivate func archivesBehindBase() throws -> [ArchiveReference] {
        try rows("SELECT DISTINCT a.reference \(Self.behind) ORDER BY a.reference").map { row in
            try row.parsed("reference") { ArchiveReference($0) }
        }
    }

    fileprivate func settleNewerInBase(_ reference: ArchiveReference, now: Int64) throws -> NewerInBase? {
        guard let archive = try archive(reference) else { return nil }
        let packages = try rows(
            """
            SELECT DISTINCT t.id AS place, s.id AS source, s.name, s.version, b.version AS base_version, u.name AS suite
            \(Self.behind) AND a.id = :archive ORDER BY s.name, u.name
            """, ["archive": archive.id]
        ).map(BehindBase.init(row:))
        guard let first = try packages.map({ try note($0, now: now) }).first else { return nil }
        let deletes = try action(of: archive) == .delete
        if deletes { for package in packages { try remove(package, from: archive, now: now) } }
        let told = NewerInBase(archive: reference, areDeleted: deletes, packages: packages.map(\.package))
        try queue(letters(told, note: first, to: archive), now: now)
        return told
    }

    private func action(of archive: Archive) throws -> NewerInBaseAction? {
        try row("SELECT newer_in_base FROM archive WHERE id = :archive", ["archive": archive.id])?
            .parsed("newer_in_base") { NewerInBaseAction(rawValue: $0) }
    }

    private func note(_ package: BehindBase, now: Int64) throws -> Int64 {
        try insert(
            """
            INSERT INTO base_told (archive_suite, source, version, told) VALUES (:place, :source, :version, :now)
            RETURNING id
            """,
            [
                "place": package.place, "source": package.source, "version": package.package.baseVersion, "now": now,
            ])
    }

    private func remove(_ package: BehindBase, from archive: Archive, now: Int64) throws {
        guard let name = PackageName(package.package.name) else { return }
        let version = PackageVersion(package.package.version)
        _ = try remove(
            PackageRemoval(
                archive: archive.reference, suites: [package.package.suite],
                packages: [.init(name: name, version: version)]), now: now)
    }

    private func letters(_ told: NewerInBase, note: Int64, to archive: Archive) throws -> [Letter] {
        try keepers(ofArchive: archive.id).map { keeper in
            Letter(
                to: keeper.mail, identity: "newer-in-base-\(note)-\(keeper.id)", content: .newerInBase(told),
                reason: "\(archive.reference) is yours to look after")
        }
    }
}
