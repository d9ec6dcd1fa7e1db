public import ArchiveModel
internal import DebianControl

extension Catalog {
    /// The archive's own rules that a version of a source does not keep.
    public func breaches(of archive: Archive, by source: SourceVersion) async throws -> [VersionRuleBreach] {
        guard !archive.versionRules.isEmpty else { return [] }
        return try await read { try $0.breaches(of: archive, by: source) }
    }
}

/// Where the versions of a suite of the base are told: by the service's own primary archive where that has the suite, else by
/// the suite's mirror, as far as it was read.
enum BaseVersions {
    /// Of `archive_suite`.
    case primary(Int64)
    /// Of `suite`.
    case mirror(Int64)

    var place: Int64 {
        switch self {
        case .primary(let suite), .mirror(let suite): suite
        }
    }

    /// Rows of name, version and version_key; `:place` is the suite.
    var rows: String {
        switch self {
        case .primary:
            """
            SELECT s.name, s.version, s.version_key FROM source_publication p JOIN source s ON s.id = p.source
            WHERE p.archive_suite = :place AND p.state IN ('pending', 'published')
            """
        case .mirror:
            "SELECT name, version, version_key FROM base_source WHERE suite = :place AND is_extra = 0"
        }
    }
}

extension Connection {
    /// Nil when the distribution has no such suite any more.
    func baseVersions(of suite: SuiteName, in distribution: DistributionName) throws -> BaseVersions? {
        let primary = try archive(.primary(distribution))
        if let own = primary?.suite(suite), primary?.presence == .shown { return .primary(own.id) }
        let row = try row(
            """
            SELECT s.id FROM suite s JOIN distribution d ON d.id = s.distribution
            WHERE d.name = :distribution AND s.name = :suite
            """, ["distribution": distribution, "suite": suite])
        return try row.map { .mirror(try $0.integer("id")) }
    }

    /// Of the versions that a suite of the base has, the highest counts.
    func breaches(of archive: Archive, by source: SourceVersion) throws -> [VersionRuleBreach] {
        let rules = archive.versionRules
        var breaches: [VersionRuleBreach] = []
        if let suite = rules.newerThan, let base = try highest(source.name, in: suite, of: archive),
            source.version <= base
        {
            breaches.append(.notNewer(than: base.description, suite: suite))
        }
        if let suite = rules.olderThan, let base = try highest(source.name, in: suite, of: archive),
            source.version >= base
        {
            breaches.append(.notOlder(than: base.description, suite: suite))
        }
        return breaches + nameBreaches(of: archive, by: source.version)
    }

    private func nameBreaches(of archive: Archive, by version: PackageVersion) -> [VersionRuleBreach] {
        guard archive.versionRules.needName, case .owned(_, _, let name) = archive.reference else { return [] }
        let spellings = VersionRuleBreach.spellings(of: name)
        return spellings.contains { version.description.contains($0) } ? [] : [.withoutName(spellings: spellings)]
    }

    private func highest(_ name: PackageName, in suite: SuiteName, of archive: Archive) throws -> PackageVersion? {
        guard let base = try baseVersions(of: suite, in: archive.reference.distribution) else { return nil }
        return try row(
            "SELECT version FROM (\(base.rows)) WHERE name = :name ORDER BY version_key DESC LIMIT 1",
            ["place": base.place, "name": name])?.parsed("version") { PackageVersion($0) }
    }

    /// The archive's rules, or what the base has, may have changed since the check.
    func guardVersionRules(_ source: AcceptedSource) throws {
        guard let archive = try archive(source.archive.reference), !archive.versionRules.isEmpty else { return }
        let breaches = try breaches(of: archive, by: SourceVersion(source.name, source.version))
        if let first = breaches.first {
            throw Conflict(first.sentence("\(source.name) \(source.version)", in: archive.reference))
        }
    }

    func versionRuleProblems(of source: CopiedSource, in plan: CopyPlan) throws -> [Finding] {
        guard !plan.archive.versionRules.isEmpty, source.there == nil else { return [] }
        return try breaches(of: plan.archive, by: SourceVersion(source.name, source.version)).map { breach in
            finding(breach.code, breach.sentence(source.title, in: plan.archive.reference), source)
        }
    }
}

extension VersionRules {
    /// Of a row of `archive`.
    init(row: ResultRow) throws {
        self.init(
            newerThan: try row.optionalParsed("newer_than") { SuiteName($0) },
            olderThan: try row.optionalParsed("older_than") { SuiteName($0) }, needName: try row.flag("name_in_version")
        )
    }
}
