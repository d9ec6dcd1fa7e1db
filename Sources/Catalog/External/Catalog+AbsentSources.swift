internal import ArchiveModel
internal import DebianControl

/// Packages of which nobody has uploaded the source, as external archives take them. A source without files stands for it,
/// so that versions, removals, copies and pages go by it as everywhere; apt is shown no such source.
extension Connection {
    /// - Throws: `Conflict` when the version was used in the archive before, or the suite has a newer one.
    func placeWithoutSource(_ packages: AcceptedPackages, now: Int64) throws -> PackagePlace {
        try guardUnused(packages)
        guard let changes = packages.records.first, case .person(let signer, _)? = try signer(packages.signingKey)
        else {
            throw CatalogFailure.noRow("a record and a signer of packages")
        }
        try enter(changes)
        let names = Set(packages.packages.map(\.name.description)).sorted()
        let source = try insert(
            """
            INSERT INTO source (name, version, version_key, dsc_name, dsc_sha256, architectures, component, section,
                priority, control, changes, signer, signing_key, is_here)
            VALUES (:name, :version, :key, :record, :sha256, '', 'main', 'misc', 'optional', :control, '', :signer,
                :signing_key, 0) RETURNING id
            """,
            [
                "name": packages.source, "version": packages.version, "key": packages.version.sortKey,
                "record": changes.name, "sha256": changes.sha256,
                "control": "Source: \(packages.source)\nBinary: \(names.joined(separator: ", "))\n",
                "signer": signer.id, "signing_key": packages.signingKey,
            ])
        try know(packages.source, inArchive: packages.archive.id)
        try publish(source: source, .main, in: packages.suite, now: now)
        return PackagePlace(
            archive: packages.archive.id, suite: packages.suite.id, source: source, component: "main",
            keepsOverrides: false)
    }

    private func guardUnused(_ packages: AcceptedPackages) throws {
        let other = try row(
            """
            SELECT s.version FROM source_publication p JOIN source s ON s.id = p.source
            JOIN archive_suite a ON a.id = p.archive_suite
            WHERE a.archive = :archive AND s.name = :name AND (s.version = :version
                OR (a.id = :suite AND s.version_key > :key AND p.state IN ('pending', 'published'))) LIMIT 1
            """,
            [
                "archive": packages.archive.id, "suite": packages.suite.id, "name": packages.source,
                "version": packages.version, "key": packages.version.sortKey,
            ])
        guard let other else { return }
        throw Conflict("\(packages.archive.reference) has, or had, \(packages.source) \(try other.text("version")).")
    }

    /// Apt is shown the packages of these sources, and with them the sources are published.
    func noteAbsentSourcesPublished(inSuite suite: Int64) throws {
        try execute(
            """
            UPDATE source_publication SET state = 'published' WHERE archive_suite = :suite AND state = 'pending'
                AND source IN (SELECT id FROM source WHERE is_here = 0)
                AND EXISTS (SELECT 1 FROM binary b JOIN binary_publication p ON p.binary = b.id
                    WHERE b.source = source_publication.source AND p.archive_suite = :suite AND p.state = 'published')
            """, ["suite": suite])
    }
}
