public import ArchiveModel
internal import DebianControl

extension Catalog {
    /// All that keeps a copy from being made as things stand.
    /// - Throws: `Conflict` when an archive is not shown, or has no such suite.
    public func preview(_ copy: PackageCopy) async throws -> [Finding] {
        try await read { try $0.plan(copy).findings }
    }
}

extension CommandEffect {
    /// Copies all or nothing. No file is touched: the store has the bytes, the publisher links them.
    public static func copy(_ copy: PackageCopy) -> CommandEffect {
        CommandEffect { connection, now in
            let plan = try connection.plan(copy)
            if let finding = plan.findings.first { throw Conflict(finding.sentence) }
            return try connection.carryOut(plan, now: now)
        }
    }
}

extension Connection {
    /// - Returns: what was done, in sentences.
    func carryOut(_ plan: CopyPlan, now: Int64) throws -> [String] {
        try tally?.add(plan.changes)
        let copied = plan.sources.filter { !$0.isThere }
        let before = try poolBytes(ofArchive: plan.archive.id)
        for source in copied { try copy(source, plan, now: now) }
        try guardRoom(
            plan.copy.quotas.limit(of: plan.archive), inArchive: plan.archive.id, before: before,
            for: "a copy by \(plan.copy.person.name)", now: now)
        if !copied.isEmpty { try markChanged(plan.to.id) }
        return plan.sentences
    }

    fileprivate func copy(_ source: CopiedSource, _ plan: CopyPlan, now: Int64) throws {
        for file in source.allFiles { try enter(file, intoArchive: plan.archive.id) }
        let id = try source.there ?? publish(source, plan, now: now)
        let place = PackagePlace(
            archive: plan.archive.id, suite: plan.to.id, source: id, component: source.component.text,
            keepsOverrides: plan.archive.kind == .primary)
        for binary in source.binaries { try publish(binary, place, now: now) }
        try supersede(by: id, in: plan.to.id, now: now)
    }

    /// A row of its own, by whom it was copied: nobody's words stand in somebody else's archive, and the mails about its
    /// builds go to whoever wanted them.
    private func publish(_ source: CopiedSource, _ plan: CopyPlan, now: Int64) throws -> Int64 {
        let id = try insert(
            """
            INSERT INTO source (name, version, version_key, dsc_name, dsc_sha256, architectures, component, section,
                priority, control, changes, signer, signing_key, copied_from, origin, is_here)
            SELECT name, version, version_key, dsc_name, dsc_sha256, architectures, :component, section,
                priority, control, changes, :signer, :key, id, origin, is_here FROM source WHERE id = :origin RETURNING id
            """,
            [
                "component": source.component, "signer": plan.copy.person.id, "key": plan.copy.key, "origin": source.id,
            ])
        try execute(
            """
            INSERT INTO source_file (source, name, sha256)
            SELECT :id, name, sha256 FROM source_file WHERE source = :origin
            """, ["id": id, "origin": source.id])
        for package in source.packages { try know(package, inArchive: plan.archive.id) }
        if plan.archive.kind == .primary {
            let override = PackageOverride(
                component: source.component, section: source.section, priority: source.priority)
            try keepFirst(override, of: source.name, .source, inArchive: plan.archive.id)
        }
        try publish(source: id, source.component, in: plan.to, now: now)
        try want(plan.builds(of: source), of: id, in: plan.to, now: now)
        return id
    }

    private func publish(_ binary: CopiedBinary, _ place: PackagePlace, now: Int64) throws {
        let id = try insert(
            """
            INSERT INTO binary (source, name, version, version_key, architecture, file_name, sha256, section, control,
                build, origin)
            SELECT :source, name, version, version_key, architecture, file_name, sha256, section, control, build, origin
            FROM binary WHERE id = :origin RETURNING id
            """, ["source": place.source, "origin": binary.id])
        try publish(
            binary: id, binary.name, PackageOverride(section: binary.section, priority: binary.priority), place,
            now: now)
    }
}

extension CopyPlan {
    /// The first of them, as an answer of a thousand lines is read by nobody.
    private static let namedSources = 50

    var sentences: [String] {
        let place = "\(copy.to), \(to.name)"
        let origin = "from \(copy.from), \(copy.fromSuite)"
        let lines = sources.prefix(Self.namedSources).map { source in
            if source.isThere { return "\(source.title) is in \(place), already." }
            return "\(source.title) is copied \(origin), to \(place)\(whatComesWith(source))."
        }
        let rest = sources.count - lines.count
        return lines + (rest > 0 ? ["So are \(rest) more."] : [])
    }
}
