public import ArchiveModel

/// An archive that a build may draw on, as another depends on it.
public struct NeededArchive: Sendable, Hashable {
    public let reference: ArchiveReference
    public let components: [ComponentName]
    /// It is signed with.
    public let key: Fingerprint

    public init(reference: ArchiveReference, components: [ComponentName], key: Fingerprint) {
        (self.reference, self.components, self.key) = (reference, components, key)
    }
}

/// Builds and the archives that theirs depends on.
extension Connection {
    /// Those that have the build's suite, and something that apt can read in it.
    func neededArchives(forBuild build: Int64) throws -> [NeededArchive] {
        let place = try row(
            """
            SELECT a.archive, a.suite FROM build b JOIN archive_suite a ON a.id = b.archive_suite WHERE b.id = :build
            """, ["build": build])
        guard let place else { throw CatalogFailure.noRow("build") }
        let suite = try place.integer("suite")
        return try needed(by: [place.integer("archive")]).compactMap { id in
            let isPublished = try row(
                """
                SELECT 1 AS yes FROM archive_suite WHERE archive = :archive AND suite = :suite AND is_removed = 0
                    AND published_at IS NOT NULL
                """, ["archive": id, "suite": suite])
            guard isPublished != nil, let archive = try archive(id: id), archive.presence == .shown else { return nil }
            return NeededArchive(
                reference: archive.reference, components: archive.components ?? [.main], key: archive.signingKey)
        }
    }

    /// One of the archives that the build's depends on waits for the publisher, or was published during the build.
    func isNeededArchiveMoving(around build: Int64) throws -> Bool {
        let place = try row(
            """
            SELECT a.archive, a.suite, b.started FROM build b JOIN archive_suite a ON a.id = b.archive_suite
            WHERE b.id = :build
            """, ["build": build])
        guard let place else { return false }
        let needed = try needed(by: [place.integer("archive")]).map { "\($0)" }.joined(separator: ", ")
        guard !needed.isEmpty else { return false }
        return try row(
            """
            SELECT 1 AS yes FROM archive_suite WHERE archive IN (\(needed)) AND suite = :suite AND is_removed = 0
                AND (changed > published OR published_at >= :started) LIMIT 1
            """, ["suite": place.integer("suite"), "started": place.optionalInteger("started")]) != nil
    }

    /// For the condition of a statement on `archive_suite a`.
    func exceptArchivesThatLackOthers() throws -> String {
        let lacking = try (archivesThatLackOthers().map(\.archive) + archivesThatNeedTooMany()).map { "\($0)" }
        return lacking.isEmpty ? "" : " AND a.archive NOT IN (\(lacking.joined(separator: ", ")))"
    }

    /// Says at builds that wait which archive they wait for.
    func noteBuildsThatLackArchives() throws {
        for (archive, missing) in try archivesThatLackOthers() {
            try note(
                "It waits for \(missing), which its archive depends on and which is not there. The archive's owner may change that (set-dependencies).",
                atBuildsOf: archive)
        }
        for archive in try archivesThatNeedTooMany() {
            try note(
                "It waits, as its archive needs more than \(ArchiveRelations.neededLimit) others, by itself or through them. The archive's owner may change that (set-dependencies).",
                atBuildsOf: archive)
        }
    }

    private func note(_ cause: String, atBuildsOf archive: Int64) throws {
        try execute(
            """
            UPDATE build SET cause = :cause WHERE state = 'wanted' AND coalesce(cause, '') <> :cause
                AND archive_suite IN (SELECT id FROM archive_suite WHERE archive = :archive)
            """, ["cause": cause, "archive": archive])
    }

    /// Archives that need one that is taken down or deleted, by themselves or through others, each with one such.
    private func archivesThatLackOthers() throws -> [(archive: Int64, missing: ArchiveReference)] {
        try rows(
            """
            WITH RECURSIVE lacking(id, missing) AS (
                SELECT r.archive, o.reference FROM archive_relation r JOIN archive o ON o.id = r.other
                WHERE r.kind = 'depends' AND o.presence <> 'shown'
                UNION
                SELECT r.archive, l.missing FROM archive_relation r JOIN lacking l ON r.other = l.id
                WHERE r.kind = 'depends')
            SELECT id, min(missing) AS missing FROM lacking GROUP BY id ORDER BY id
            """
        ).map { row in
            (try row.integer("id"), try row.parsed("missing") { ArchiveReference($0) })
        }
    }
}
