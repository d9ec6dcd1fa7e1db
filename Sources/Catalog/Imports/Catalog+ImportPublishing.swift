internal import ArchiveModel
internal import DebianControl

extension Connection {
    /// Where it goes and for whom; without its source, which nobody may have seen yet. An update is wanted by the archive, whoever signed
    /// the former version.
    func plan(_ wanted: WantedImport, _ quotas: QuotaRule) throws -> Result<CopyPlan, WishRefusal> {
        if let refusal = try updateRefusal(wanted) { return .failure(refusal) }
        return try plan(wanted, by: wanted.person, wanted.key, isAsked: !wanted.isUpdate) { person in
            wanted.copy(by: person, quotas)
        }.refused { plan in
            try problems(of: plan) + (wanted.isUpdate ? [] : rightProblems(of: plan))
        }
    }

    /// What an archive wants by itself it wants as long as it follows its base, and has an older version there: its owner may have changed
    /// that since.
    private func updateRefusal(_ wanted: WantedImport) throws -> WishRefusal? {
        guard wanted.isUpdate else { return nil }
        let row = try row(
            """
            SELECT a.newer_in_base = 'update' AS follows, EXISTS (
                SELECT 1 FROM source s CROSS JOIN source_publication p
                WHERE s.name = :name AND s.version_key < :key AND p.source = s.id AND p.archive_suite = :suite
                    AND p.state IN ('pending', 'published')) AS is_there
            FROM archive a WHERE a.id = :archive
            """,
            [
                "archive": wanted.archive.id, "suite": wanted.suite.id, "name": wanted.source.name,
                "key": wanted.source.version.sortKey,
            ])
        let place = "\(wanted.archive.reference), \(wanted.suite.name)"
        guard try row?.flag("follows") == true else {
            return WishRefusal("\(wanted.archive.reference) does not follow its base any more (On-Newer).")
        }
        guard try row?.flag("is_there") == true else {
            return WishRefusal("\(place), has no older \(wanted.source.name) any more.")
        }
        return nil
    }

    /// By the rules of copies, and no NEW: what the base has was looked at there.
    func publish(
        _ imported: ImportedSource, _ wanted: WantedImport, by planned: CopyPlan, now: Int64
    ) throws -> WishOutcome {
        var plan = planned
        let (archive, suite) = (plan.archive, plan.to)
        var source = CopiedSource(imported, only: wanted.only)
        source.component = try component(of: source, in: archive)
        source.there = try place(of: source, in: suite)
        source.binaries = try source.binaries.filter { try !isThere($0, as: source, in: suite) }
        plan.sources = [source]
        let findings =
            try problems(of: source, in: plan, isNewAsked: false) + problems(of: plan)
            + (wanted.isUpdate ? [] : rightProblems(of: plan))
        if let refusal = WishRefusal(findings) { return .refused(refusal.sentences) }
        if source.isThere { return .done("\(source.title) is in \(archive.reference), \(suite.name), already.") }
        try enter(imported, source, plan, wanted, now: now)
        let done = "\(source.title) is in \(archive.reference), \(suite.name)\(plan.whatComesWith(source))."
        try tellOwner(
            of: archive, changedBy: plan.copy.person.name, [done], identity: "import-\(wanted.id)-external", now: now)
        return .done(done)
    }

    private func enter(
        _ imported: ImportedSource, _ source: CopiedSource, _ plan: CopyPlan, _ wanted: WantedImport, now: Int64
    ) throws {
        let before = try poolBytes(ofArchive: plan.archive.id)
        for file in source.files { try enter(file, intoArchive: plan.archive.id) }
        let origin = "\(wanted.base.distribution) \(wanted.base.name)"
        let id = try source.there ?? publish(imported, source, plan, origin: origin, now: now)
        let place = PackagePlace(
            archive: plan.archive.id, suite: plan.to.id, source: id, component: source.component.text,
            keepsOverrides: false)
        let new = Set(source.binaries.map(\.file.name))
        for binary in imported.binaries where new.contains(binary.file.name) {
            try publish(binary, place, origin: origin, now: now)
        }
        try guardRoom(
            plan.copy.quotas.limit(of: plan.archive), inArchive: plan.archive.id, before: before,
            for: "an import for \(plan.copy.person.name)", now: now)
        try supersede(by: id, in: plan.to.id, now: now)
        try markChanged(plan.to.id)
    }

    /// - Returns: the new source, published in the suite, with its builds wanted.
    func publish(
        _ imported: ImportedSource, _ source: CopiedSource, _ plan: CopyPlan, origin: String, now: Int64
    ) throws -> Int64 {
        let id = try insert(
            """
            INSERT INTO source (name, version, version_key, dsc_name, dsc_sha256, architectures, component, section,
                priority, control, changes, signer, signing_key, origin)
            VALUES (:name, :version, :key, :dsc, :sha256, :architectures, :component, :section,
                :priority, :control, '', :signer, :signing_key, :origin) RETURNING id
            """,
            [
                "name": source.name, "version": source.version, "key": source.version.sortKey,
                "dsc": imported.dsc.name, "sha256": imported.dsc.sha256,
                "architectures": imported.control["Architecture"] ?? "", "component": source.component,
                "section": source.section, "priority": source.priority, "control": imported.control.serialized(),
                "signer": plan.copy.person.id, "signing_key": plan.copy.key, "origin": origin,
            ])
        for file in imported.files {
            try execute(
                "INSERT INTO source_file (source, name, sha256) VALUES (:source, :name, :sha256)",
                ["source": id, "name": file.name, "sha256": file.sha256])
        }
        for package in [source.name] + source.packages { try know(package, inArchive: plan.archive.id) }
        try publish(source: id, source.component, in: plan.to, now: now)
        try want(plan.builds(of: source), of: id, in: plan.to, now: now)
        return id
    }
}

extension WantedImport {
    func copy(by person: Person, _ quotas: QuotaRule) -> PackageCopy {
        PackageCopy(
            from: .primary(archive.reference.distribution), base.name, to: archive.reference, suite.name, packages: [],
            withBinaries: withBinaries, by: person, key, quotas: quotas)
    }
}

extension CopiedSource {
    /// As if it were an archive's here, and its packages built here: rules are asked of copies.
    init(_ imported: ImportedSource, only: Set<Architecture>?) {
        self.init(
            id: 0, name: imported.name, version: imported.version, isLive: true, isHere: true,
            section: imported.section,
            priority: imported.priority, dscSHA256: imported.dsc.sha256, architectures: imported.architectures,
            packages: imported.packages, only: only)
        files = [imported.dsc] + imported.files
        binaries = imported.binaries.map { binary in
            CopiedBinary(
                id: 0, name: binary.name, architecture: binary.architecture, section: binary.section,
                priority: binary.control["Priority"], isBuilt: true, file: binary.file)
        }
    }
}

extension CopyPlan {
    /// After "hello 1.0 is in ~alice/debian/tools".
    func whatComesWith(_ source: CopiedSource) -> String {
        let binaries = source.binaries.isEmpty ? "" : ", with \(source.binaries.count) packages"
        let builds = archive.buildsByItself ? builds(of: source).map { "\($0.architecture)" } : []
        let wanted = source.there != nil || builds.isEmpty ? "" : "; to be built: \(builds.joined(separator: " "))"
        return binaries + wanted
    }
}
