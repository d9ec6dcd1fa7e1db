internal import ArchiveModel
internal import DebianControl

/// One source for one suite, to be made once more.
struct SourceRebuildWish {
    let suite: ArchiveSuite
    let source: RebuildPlan.Source
    let version: PackageVersion
}

/// Sources that are to be made once more: looked at when it is wanted, and once more, with all that an upload would be refused for,
/// when it is made.
extension Connection {
    func addWish(
        _ source: RebuildPlan.Source, in suite: ArchiveSuite, of archive: Archive, _ plan: inout RebuildPlan
    ) throws {
        let waiting = try row(
            "SELECT version FROM source_rebuild WHERE archive_suite = :suite AND name = :name AND state = 'wanted'",
            ["suite": suite.id, "name": source.name])
        if let waiting {
            guard plan.rebuild.sources != nil else { return plan.leftOut += 1 }
            return plan.add(
                .buildUnderWay,
                "\(source.name) \(try waiting.text("version")) is being made for \(suite.name).", "Sources",
                "\(source.name) \(source.version)")
        }
        guard let version = try nextVersion(of: source, in: archive, besides: plan.wishes) else { return }
        let wish = SourceRebuildWish(suite: suite, source: source, version: version)
        plan.findings += try problems(of: wish, plan, archive)
        plan.wishes.append(wish)
    }

    /// What the suites and the archive say to the new version, as they would to an upload of it.
    private func problems(
        of wish: SourceRebuildWish, _ plan: RebuildPlan, _ archive: Archive
    ) throws -> [Finding] {
        let rebuild = plan.rebuild
        let copy = PackageCopy(
            again: wish.suite.name, of: archive, by: rebuild.person, rebuild.key, quotas: QuotaRule())
        let copyPlan = CopyPlan(copy: copy, archive: archive, to: wish.suite, isDecider: plan.isDecider)
        var source = CopiedSource(SourceVersion(wish.source.name, wish.version))
        source.component = wish.source.component
        return try
            (denialProblems(of: source, in: copyPlan) + orderProblems(of: source, in: copyPlan)
            + versionRuleProblems(of: source, in: copyPlan)).map { finding in
                var finding = finding
                finding.field = "Sources"
                return finding
            }
    }

    /// A version is used once in an archive: so its number is one that it never had there, waits with, or is wanted with.
    private func nextVersion(
        of source: RebuildPlan.Source, in archive: Archive, besides wishes: [SourceRebuildWish]
    ) throws -> PackageVersion? {
        let used = try rows(
            """
            SELECT s.version FROM source s JOIN source_publication p ON p.source = s.id
            JOIN archive_suite a ON a.id = p.archive_suite WHERE a.archive = :archive AND s.name = :name
            UNION SELECT version FROM waiting_source WHERE archive = :archive AND name = :name
            UNION SELECT r.version FROM source_rebuild r JOIN archive_suite a ON a.id = r.archive_suite
            WHERE a.archive = :archive AND r.name = :name AND r.state = 'wanted'
            """, ["archive": archive.id, "name": source.name]
        ).map { try $0.parsed("version") { PackageVersion($0) } }
        let planned = wishes.filter { $0.source.name == source.name }.map(\.version)
        let numbers = (used + planned).map(\.rebuilt).filter { $0.version == source.version.rebuilt.version }
        return source.version.rebuilt(number: (numbers.map(\.number).max() ?? 0) + 1)
    }

    func want(_ wishes: [SourceRebuildWish], _ rebuild: PackageRebuild, now: Int64) throws {
        var batch: Int64?
        for wish in wishes {
            let id = try insert(
                """
                INSERT INTO source_rebuild (batch, archive_suite, source, name, version, reason, person, key, command,
                    state, next_attempt, created)
                VALUES (:batch, :suite, :source, :name, :version, :reason, :person, :key, :command, 'wanted', :now, :now)
                RETURNING id
                """,
                [
                    "batch": batch, "suite": wish.suite.id, "source": wish.source.id, "name": wish.source.name,
                    "version": wish.version, "reason": rebuild.reason, "person": rebuild.person.id,
                    "key": rebuild.key, "command": rebuild.command, "now": now,
                ])
            batch = try self.batch(batch, ofNew: id, WantedSourceRebuild.self)
        }
    }
}

extension PackageCopy {
    /// A new version of what a suite has, as if it were copied from there: rules are asked of copies.
    init(again suite: SuiteName, of archive: Archive, by person: Person, _ key: Fingerprint, quotas: QuotaRule) {
        self.init(
            from: archive.reference, suite, to: archive.reference, suite, packages: [], withBinaries: false, by: person,
            key, quotas: quotas)
    }
}
