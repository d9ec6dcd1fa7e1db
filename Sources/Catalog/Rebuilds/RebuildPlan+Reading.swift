internal import ArchiveModel
internal import DebianControl

/// What a rebuild asks of the catalog.
extension Connection {
    /// Of each name the highest version that the suite has.
    /// - Parameter names: nil for all that it has. Sources of one name are few, those of a suite are many: hence the order of the joins.
    func newestSources(_ names: [PackageName]?, in suite: ArchiveSuite) throws -> [RebuildPlan.Source] {
        let named = names.map { NamedWords($0.map(\.description), prefix: "name") }
        let join = named == nil ? "source_publication p JOIN source s" : "source s CROSS JOIN source_publication p"
        return try rows(
            """
            SELECT s.id, s.name, s.version, p.component FROM \(join) ON s.id = p.source
            WHERE p.archive_suite = :suite AND p.state IN ('pending', 'published') AND s.is_here = 1
                \(named.map { "AND s.name IN (\($0.list))" } ?? "") ORDER BY s.name, s.version_key DESC
            """, (named?.arguments ?? [:]).merging(["suite": suite.id]) { $1 }, isKept: named == nil
        ).map { row in
            RebuildPlan.Source(
                id: try row.integer("id"), name: try row.parsed("name") { PackageName($0) },
                version: try row.parsed("version") { PackageVersion($0) },
                component: try row.parsed("component") { ComponentName($0) })
        }.reduce(into: []) { sources, next in
            if sources.last?.name != next.name { sources.append(next) }
        }
    }

    func architecturesMade(
        by source: RebuildPlan.Source, in suite: ArchiveSuite
    ) throws -> [Architecture] {
        try rows(
            """
            SELECT DISTINCT b.architecture FROM binary b JOIN binary_publication p ON p.binary = b.id
            WHERE b.source = :source AND p.archive_suite = :suite AND p.state IN ('pending', 'published')
            ORDER BY b.architecture
            """, ["source": source.id, "suite": suite.id]
        ).map { try $0.parsed("architecture") { Architecture($0) } }
    }

    func openBuilds(of source: RebuildPlan.Source, in suite: ArchiveSuite) throws -> Set<Architecture> {
        Set(
            try rows(
                """
                SELECT architecture FROM build WHERE archive_suite = :suite AND source = :source
                    AND state IN ('wanted', 'building', 'uploading')
                """, ["suite": suite.id, "source": source.id]
            ).map { try $0.parsed("architecture") { Architecture($0) } })
    }

    /// A file name keeps its bytes in an archive, for ever: so the number is one that neither a build nor a package of the
    /// same source has had there, in whichever suite.
    func nextRebuild(
        of source: RebuildPlan.Source, on architecture: Architecture, in archive: Archive, after plan: RebuildPlan
    ) throws -> Int64 {
        let place: [String: any SQLArgument] = [
            "archive": archive.id, "name": source.name, "version": source.version, "architecture": architecture,
        ]
        let built =
            try row(
                """
                SELECT coalesce(max(b.rebuild), 0) AS last FROM build b JOIN source s ON s.id = b.source
                JOIN archive_suite a ON a.id = b.archive_suite
                WHERE a.archive = :archive AND s.name = :name AND s.version = :version AND b.architecture = :architecture
                """, place)?.integer("last") ?? 0
        let copied = try rows(
            """
            SELECT DISTINCT b.version FROM binary b JOIN source s ON s.id = b.source
            JOIN binary_publication p ON p.binary = b.id JOIN archive_suite a ON a.id = p.archive_suite
            WHERE a.archive = :archive AND s.name = :name AND s.version = :version AND b.architecture = :architecture
            """, place
        ).compactMap { Self.rebuild(ofVersion: try $0.text("version")) }
        let planned = plan.builds.filter {
            $0.source.name == source.name && $0.source.version == source.version && $0.architecture == architecture
        }.map(\.number)
        return ([built] + copied + planned).reduce(0, max) + 1
    }

    /// The N of `1.0+bN`. Versions are people's to choose: one with more digits than builds will ever count is no rebuild's.
    private static func rebuild(ofVersion version: String) -> Int64? {
        let digits = version.reversed().prefix { ("0"..."9").contains($0) }.count
        guard (1...9).contains(digits), version.dropLast(digits).hasSuffix("+b") else { return nil }
        return Int64(version.suffix(digits))
    }
}
