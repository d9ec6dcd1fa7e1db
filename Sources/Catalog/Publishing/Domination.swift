/// What a newer version of a source takes the place of, in one suite of one archive.
///
/// Superseding goes by source, as Launchpad's users like it: when a newer source has its binaries of an architecture,
/// all older binaries of that source on that architecture go, also those it no longer makes. An old source stays as
/// long as one of its binaries does, so that what is distributed has its source beside it.
extension Connection {
    func supersede(by source: Int64, in suite: Int64, now: Int64) throws {
        try cancelBuildsOfOlder(than: source, in: suite, now: now)
        try supersedeBinariesOfOlder(than: source, in: suite, now: now)
        try supersedeTakenOver(by: source, in: suite, now: now)
        try supersedeSourcesWithoutBinaries(olderThan: source, in: suite, now: now)
    }

    func markChanged(_ suite: Int64) throws {
        try execute("UPDATE archive_suite SET changed = changed + 1 WHERE id = :suite", ["suite": suite])
    }

    /// Apt sees the suite again after it did not. What became of its pool meanwhile nobody knows: after a restored backup it is gone,
    /// and publishing every shown archive as a whole has not brought it back.
    func markShownAgain(_ suite: Int64) throws {
        try execute(
            "UPDATE archive_suite SET changed = changed + 1, relinks = 1 WHERE id = :suite", ["suite": suite])
    }

    /// Sources of the same name and a lower version.
    private static let older = """
        SELECT old.id FROM source old JOIN source new ON old.name = new.name AND old.version_key < new.version_key
        WHERE new.id = :source
        """

    private func cancelBuildsOfOlder(than source: Int64, in suite: Int64, now: Int64) throws {
        try execute(
            """
            UPDATE build SET state = 'cancelled', lease_until = NULL, ended = :now, cause = 'A newer version came.'
            WHERE archive_suite = :suite AND state IN ('wanted', 'building', 'uploading') AND source IN (\(Self.older))
            """, ["suite": suite, "source": source, "now": now])
    }

    private func supersedeBinariesOfOlder(than source: Int64, in suite: Int64, now: Int64) throws {
        try execute(
            """
            UPDATE binary_publication SET state = 'superseded', ended = :now
            WHERE archive_suite = :suite AND state IN ('pending', 'published') AND binary IN (
                SELECT b.id FROM binary b WHERE b.source IN (\(Self.older)) AND b.architecture IN (
                    SELECT n.architecture FROM binary n JOIN binary_publication p ON p.binary = n.id
                    WHERE n.source = :source AND p.archive_suite = :suite AND p.state IN ('pending', 'published')))
            """, ["suite": suite, "source": source, "now": now])
    }

    /// A binary that another source made before: the newer version of one name and architecture stands alone.
    private func supersedeTakenOver(by source: Int64, in suite: Int64, now: Int64) throws {
        try execute(
            """
            UPDATE binary_publication SET state = 'superseded', ended = :now
            WHERE archive_suite = :suite AND state IN ('pending', 'published') AND binary IN (
                SELECT old.id FROM binary old JOIN binary new ON old.name = new.name
                    AND old.architecture = new.architecture AND old.version_key < new.version_key
                JOIN binary_publication p ON p.binary = new.id
                WHERE new.source = :source AND p.archive_suite = :suite AND p.state IN ('pending', 'published'))
            """, ["suite": suite, "source": source, "now": now])
    }

    private func supersedeSourcesWithoutBinaries(olderThan source: Int64, in suite: Int64, now: Int64) throws {
        try execute(
            """
            UPDATE source_publication SET state = 'superseded', ended = :now
            WHERE archive_suite = :suite AND state IN ('pending', 'published') AND source IN (\(Self.older))
                AND NOT EXISTS (
                    SELECT 1 FROM binary b JOIN binary_publication p ON p.binary = b.id
                    WHERE b.source = source_publication.source AND p.archive_suite = :suite
                        AND p.state IN ('pending', 'published'))
            """, ["suite": suite, "source": source, "now": now])
    }
}
