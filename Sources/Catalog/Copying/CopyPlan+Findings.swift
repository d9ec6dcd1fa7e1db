internal import ArchiveModel
internal import DebianControl

/// What keeps a copy from being made. What an upload of the same would be refused for is refused here, too.
extension Connection {
    /// - Parameter isNewAsked: no for what the base has, which was new there.
    func problems(of source: CopiedSource, in plan: CopyPlan, isNewAsked: Bool = true) throws -> [Finding] {
        if source.isThere { return [] }
        let versions = try versionProblems(of: source, in: plan)
        guard versions.isEmpty else { return versions }
        return try fileProblems(of: source, in: plan) + buildProblems(of: source, in: plan)
            + (isNewAsked ? newProblems(of: source, in: plan) : []) + componentProblems(of: source, in: plan)
            + originProblems(of: source, in: plan) + denialProblems(of: source, in: plan)
            + orderProblems(of: source, in: plan) + versionRuleProblems(of: source, in: plan)
            + absenceProblems(of: source, in: plan)
    }

    /// A version is used once in an archive, with one content; and a suite goes only forward.
    private func versionProblems(of source: CopiedSource, in plan: CopyPlan) throws -> [Finding] {
        let same: [String: any SQLArgument] = [
            "archive": plan.archive.id, "name": source.name, "version": source.version,
            "key": source.version.sortKey, "dsc": source.dscSHA256,
        ]
        let other = try row(
            """
            SELECT s.version FROM source s JOIN source_publication p ON p.source = s.id
            JOIN archive_suite a ON a.id = p.archive_suite
            WHERE a.archive = :archive AND s.name = :name AND s.version_key = :key
                AND (s.version <> :version OR s.dsc_sha256 <> :dsc) LIMIT 1
            """, same)
        if let other {
            let version = try other.text("version")
            let what = version == "\(source.version)" ? source.title : "\(source.name) of that version, \(version)"
            return [
                finding(
                    .versionTaken, "\(plan.archive.reference) has, or had, another \(what).", source,
                    "Copy a version that was never there.")
            ]
        }
        let waiting = try row(
            "SELECT upload FROM waiting_source WHERE archive = :archive AND name = :name AND version = :version",
            ["archive": plan.archive.id, "name": source.name, "version": source.version])
        if let waiting {
            return [
                finding(
                    .versionWaits, "\(source.title) waits in NEW, as upload \(try waiting.integer("upload")).", source)
            ]
        }
        let newer = try row(
            """
            SELECT s.version FROM source_publication p JOIN source s ON s.id = p.source
            WHERE p.archive_suite = :suite AND p.state IN ('pending', 'published') AND s.name = :name
                AND s.version_key > :key LIMIT 1
            """, ["suite": plan.to.id, "name": source.name, "key": source.version.sortKey])
        guard let newer else { return [] }
        return [
            finding(
                .versionNotNewer,
                "\(plan.archive.reference), \(plan.to.name), has \(source.name) \(try newer.text("version")), which is newer than \(source.version).",
                source)
        ]
    }

    /// A file name keeps its bytes in an archive, for ever.
    private func fileProblems(of source: CopiedSource, in plan: CopyPlan) throws -> [Finding] {
        try source.allFiles.compactMap { file in
            let known = try row(
                "SELECT sha256 FROM archive_file WHERE archive = :archive AND name = :name",
                ["archive": plan.archive.id, "name": file.name])
            guard let known, try known.text("sha256") != file.sha256 else { return nil }
            return finding(
                .fileDiffersFromPublished, "\(plan.archive.reference) has, or had, other bytes as \(file.name).",
                source,
                "Upload it with a version of its own, or copy it without its packages.")
        }
    }

    private func buildProblems(of source: CopiedSource, in plan: CopyPlan) throws -> [Finding] {
        let here: [String: any SQLArgument] = [
            "archive": plan.archive.id, "name": source.name, "version": source.version,
        ]
        let isBuilding = try row(
            """
            SELECT 1 AS yes FROM build b JOIN source s ON s.id = b.source JOIN archive_suite a ON a.id = b.archive_suite
            WHERE a.archive = :archive AND s.name = :name AND s.version = :version
                AND b.state IN ('wanted', 'building', 'uploading')
            """, here)
        if isBuilding != nil {
            return [
                finding(
                    .buildUnderWay, "\(source.title) is being built in \(plan.archive.reference).", source,
                    "Copy its packages when they are built.")
            ]
        }
        if plan.copy.withBinaries {
            guard source.binaries.isEmpty else { return [] }
            return [
                finding(
                    .notBuilt,
                    "\(source.title) has no packages for \(plan.to.name) in \(plan.copy.from), \(plan.copy.fromSuite).",
                    source,
                    "Copy it without Binaries, so that it is built.")
            ]
        }
        let built = try row(
            """
            SELECT 1 AS yes FROM binary b JOIN source s ON s.id = b.source JOIN binary_publication p ON p.binary = b.id
            JOIN archive_suite a ON a.id = p.archive_suite
            WHERE a.archive = :archive AND s.name = :name AND s.version = :version LIMIT 1
            """, here)
        if built != nil {
            return [
                finding(
                    .builtAlready,
                    "\(plan.archive.reference) has, or had, packages of \(source.title): a second build would make other bytes of the same names.",
                    source, "Copy it with Binaries: yes.")
            ]
        }
        guard plan.archive.isBuiltHere, source.isHere, plan.builds(of: source).isEmpty else { return [] }
        return [finding(.nothingToBuild, "Nothing of \(source.title) can be built for \(plan.to.name).", source)]
    }

    /// A copy cannot wait, so what is new in an archive with NEW is copied by who would let it out of NEW.
    private func newProblems(of source: CopiedSource, in plan: CopyPlan) throws -> [Finding] {
        guard plan.archive.hasNew, !plan.isDecider else { return [] }
        let names = source.packages + source.binaries.map(\.name)
        let new = try newNames(source: source.name, binaries: names, inArchive: plan.archive.id)
        guard !new.isEmpty else { return [] }
        return [
            finding(
                .newToArchive, "\(source.title) has names that were never in \(plan.archive.reference).", source,
                "Upload it, and it waits in NEW; or ask the archive's owner, or an admin, to copy it.")
        ]
    }

    /// Where people upload sources only, nobody brings packages of their own by way of an archive that takes them.
    private func originProblems(of source: CopiedSource, in plan: CopyPlan) -> [Finding] {
        guard !plan.archive.takesBinaries, !plan.copy.person.isAdmin else { return [] }
        return source.binaries.filter { !$0.isBuilt }.map { binary in
            finding(
                .notSourceOnly,
                "\(binary.file.name) was uploaded and not built here, and \(plan.archive.reference) takes sources only.",
                source, "Copy it without Binaries, so that it is built; or ask an admin to copy it.")
        }
    }

    private func componentProblems(of source: CopiedSource, in plan: CopyPlan) throws -> [Finding] {
        let ofSuite = try row(
            "SELECT s.components FROM archive_suite a JOIN suite s ON s.id = a.suite WHERE a.id = :suite",
            ["suite": plan.to.id])?.words("components") { ComponentName($0) }
        guard let known = plan.archive.components ?? ofSuite, !known.contains(source.component) else { return [] }
        return [
            finding(
                .unknownComponent, "\(plan.to.name) has no component \(source.component) for \(source.title).", source)
        ]
    }

    /// Of the whole copy.
    func problems(of plan: CopyPlan) throws -> [Finding] {
        try plan.suiteProblems + quotaProblems(of: plan) + barProblems(of: plan)
    }

    private func quotaProblems(of plan: CopyPlan) throws -> [Finding] {
        guard let limit = plan.copy.quotas.limit(of: plan.archive) else { return [] }
        var seen: Set<FileName> = []
        let new = try plan.sources.flatMap(\.allFiles).filter { file in
            guard seen.insert(file.name).inserted else { return false }
            return try row(
                "SELECT 1 AS yes FROM pool_file WHERE archive = :archive AND name = :name",
                ["archive": plan.archive.id, "name": file.name]) == nil
        }
        let bytes = new.reduce(plan.archive.bytes) { $0.addingReportingOverflow($1.size).partialValue }
        guard limit.isExceeded(by: bytes) else { return [] }
        return [
            Finding(
                .quotaExceeded, "With this, \(plan.archive.reference) has \(bytes >> 20) of \(limit.bytes >> 20) MiB.",
                field: "To", remedy: "Remove packages that nobody needs any more, or ask the admin for more room.")
        ]
    }

    func finding(
        _ code: FindingCode, _ sentence: String, _ source: CopiedSource, _ remedy: String? = nil
    ) -> Finding {
        Finding(code, sentence, field: "Packages", got: source.title, remedy: remedy)
    }
}

extension CopyPlan {
    func builds(of source: CopiedSource) -> [PlannedBuild] {
        guard archive.isBuiltHere, source.isHere else { return [] }
        return BuildPlan(source: source.architectures, suite: architectures(of: source))
            .builds(besides: source.architecturesMade, source: source.architectures)
    }

    var suiteProblems: [Finding] {
        guard archive.isEnabled else {
            return [Finding(.archiveDisabled, "\(archive.reference) is disabled and takes nothing.", field: "To")]
        }
        if archive.kind == .rebuild {
            return [
                Finding(
                    .archiveTakesNoUploads, "\(archive.reference) is filled by rebuilding another archive only.",
                    field: "To")
            ]
        }
        switch to.state {
        case .open: return []
        case .frozen where decidesInFrozen: return []
        case .frozen:
            let who = to.onlyAdminsOpen ? "an admin" : "the archive's owner, or an admin,"
            return [
                Finding(
                    .suiteClosed, "\(to.name) is frozen: what comes is looked at.", field: "To-Suite",
                    remedy: "Upload it, and it waits; or ask \(who) to copy it.")
            ]
        case .closed:
            return [Finding(.suiteClosed, "\(to.name) is closed and takes nothing any more.", field: "To-Suite")]
        }
    }
}
