internal import ArchiveModel
internal import DebianControl

extension Connection {
    /// Where it goes and for whom; without what is made.
    func plan(_ wanted: WantedSourceRebuild, _ quotas: QuotaRule) throws -> Result<CopyPlan, WishRefusal> {
        let planned = try plan(wanted, by: wanted.person, wanted.key) { person in
            PackageCopy(again: wanted.suite.name, of: wanted.archive, by: person, wanted.key, quotas: quotas)
        }
        if case .success = planned, try !isLive(wanted) {
            let former = "\(wanted.former.name) \(wanted.former.version)"
            return .failure(WishRefusal("\(former) is not in \(wanted.suite.name) any more."))
        }
        return try planned.refused { try problems(of: $0) + rebuildRightProblems(of: $0) }
    }

    private func isLive(_ wanted: WantedSourceRebuild) throws -> Bool {
        try row(
            """
            SELECT 1 AS yes FROM source_publication
            WHERE source = :source AND archive_suite = :suite AND state IN ('pending', 'published')
            """, ["source": wanted.source, "suite": wanted.suite.id]) != nil
    }

    /// Admins rebuild everything.
    private func rebuildRightProblems(of plan: CopyPlan) throws -> [Finding] {
        plan.copy.person.isAdmin ? [] : try rightProblems(of: plan)
    }

    /// By the rules of copies and uploads. Nobody looks at it in NEW: only its names that the archive never had would be held there.
    func publish(
        _ made: ImportedSource, _ wanted: WantedSourceRebuild, by planned: CopyPlan, now: Int64
    ) throws -> WishOutcome {
        var plan = planned
        var source = CopiedSource(made, only: nil)
        source.component = try component(of: source, in: plan.archive)
        plan.sources = [source]
        let findings = try problems(of: source, in: plan) + problems(of: plan) + rebuildRightProblems(of: plan)
        if let refusal = WishRefusal(findings) { return .refused(refusal.sentences) }
        try enter(made, source, plan, wanted, now: now)
        let done = "\(source.title) is in \(plan.archive.reference), \(plan.to.name)\(plan.whatComesWith(source))."
        try tellOwner(
            of: plan.archive, changedBy: plan.copy.person.name, [done], identity: "rebuild-\(wanted.id)-external",
            now: now)
        return .done(done)
    }

    private func enter(
        _ made: ImportedSource, _ source: CopiedSource, _ plan: CopyPlan, _ wanted: WantedSourceRebuild, now: Int64
    ) throws {
        let before = try poolBytes(ofArchive: plan.archive.id)
        for file in source.files { try enter(file, intoArchive: plan.archive.id) }
        let id = try publish(made, source, plan, origin: origin(of: wanted), now: now)
        try guardRoom(
            plan.copy.quotas.limit(of: plan.archive), inArchive: plan.archive.id, before: before, for: source.title,
            now: now)
        try supersede(by: id, in: plan.to.id, now: now)
        try markChanged(plan.to.id)
    }

    /// The number of the command is in the log of commands.
    private func origin(of wanted: WantedSourceRebuild) throws -> String {
        let command = try row("SELECT id FROM command_log WHERE signature = :signature", ["signature": wanted.command])
        let number = try command.map { ", by command \(try $0.integer("id"))" } ?? ""
        return "rebuild of \(wanted.former.version)\(number)"
    }
}
