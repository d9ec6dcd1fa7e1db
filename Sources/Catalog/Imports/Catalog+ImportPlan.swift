public import ArchiveModel
internal import DebianControl

extension Catalog {
    /// All that keeps an import from being made, or from being wanted of a mirror, as things stand.
    /// - Throws: `Conflict` when the archive is not there, or has no such suite.
    public func preview(_ wanted: PackageImport) async throws -> [Finding] {
        try await read { connection in
            let plan = try connection.plan(wanted)
            return try plan.findings + plan.copies.flatMap { try connection.plan($0).findings }
        }
    }

    /// The same of what an archive begins with.
    /// - Parameters:
    ///   - suites: that it will have.
    ///   - settings: what will be said of it.
    /// - Throws: `Conflict` when what is imported from is not there.
    public func preview(
        _ wanted: PackageImport, filling suites: [SuiteName], _ settings: ArchiveSettings
    ) async throws -> [Finding] {
        try await read { connection in
            let draft = try connection.draft(of: wanted, suites, settings)
            let plan = try connection.plan(wanted, into: draft)
            return try plan.findings
                + plan.copies.flatMap { try connection.plan($0, into: draft, isArchivesOwnWish: true).findings }
        }
    }
}

extension CommandEffect {
    /// What an archive here has is published at once. What only a mirror has is wanted in the same transaction, and fetched later.
    public static func importPackages(_ wanted: PackageImport) -> CommandEffect {
        CommandEffect { connection, now in try connection.importPackages(wanted, now: now) }
    }

    /// One after the other; all or nothing.
    public static func all(_ effects: [CommandEffect]) -> CommandEffect {
        CommandEffect { connection, now in try effects.flatMap { try $0.apply(connection, now) } }
    }
}

/// What an import comes to: copies of what archives here have, and what a mirror is asked for.
struct ImportPlan {
    /// One source for one suite, of a mirror.
    struct Wish {
        let suite: ArchiveSuite
        let base: Int64
        let baseName: SuiteName
        let source: SourceVersion
        let only: Set<Architecture>?
    }

    var copies: [PackageCopy] = []
    var wishes: [Wish] = []
    var findings: [Finding] = []
}

extension Connection {
    fileprivate func importPackages(_ wanted: PackageImport, now: Int64) throws -> [String] {
        let plan = try plan(wanted)
        if let finding = plan.findings.first { throw Conflict(finding.sentence) }
        var said: [String] = []
        for copy in plan.copies {
            let plan = try self.plan(copy)
            if let finding = plan.findings.first { throw Conflict(finding.sentence) }
            said += try carryOut(plan, now: now)
        }
        return try said + want(plan.wishes, wanted, now: now)
    }

    /// - Parameter draft: the archive, where it is still to be made.
    fileprivate func plan(_ wanted: PackageImport, into draft: Archive? = nil) throws -> ImportPlan {
        let archive = try draft ?? known(wanted.to)
        guard archive.presence == .shown else { throw Conflict("There is no archive \(wanted.to).") }
        var plan = ImportPlan()
        for suite in try suites(of: wanted, in: archive) {
            for (from, packages) in Self.bySuite(wanted.packages, suite.name) {
                try add(packages, from, to: suite, wanted, &plan)
            }
        }
        plan.findings += wanted.architectureProblems(in: try suites(of: wanted, in: archive))
        try plan.findings += problems(of: plan, wanted, archive, isToBeMade: draft != nil)
        return plan
    }

    private func suites(of wanted: PackageImport, in archive: Archive) throws -> [ArchiveSuite] {
        guard let names = wanted.suites else { return archive.suites }
        return try names.map { name in
            guard let suite = archive.suite(name) else { throw Conflict("\(wanted.to) has no suite \(name).") }
            return suite
        }
    }

    /// In the order they are named.
    private static func bySuite(
        _ packages: [PackageImport.Package], _ standard: SuiteName
    ) -> [(SuiteName, [PackageImport.Package])] {
        var names: [SuiteName] = []
        for package in packages where !names.contains(package.suite ?? standard) {
            names.append(package.suite ?? standard)
        }
        return names.map { name in (name, packages.filter { ($0.suite ?? standard) == name }) }
    }

    /// What the primary archive has is copied from there, as from any other that is named.
    private func add(
        _ packages: [PackageImport.Package], _ from: SuiteName, to suite: ArchiveSuite, _ wanted: PackageImport,
        _ plan: inout ImportPlan
    ) throws {
        if let archive = wanted.from {
            return plan.copies.append(wanted.copy(of: packages, from: archive, from, to: suite.name))
        }
        switch try baseVersions(of: from, in: wanted.to.distribution) {
        case .primary:
            let primary = ArchiveReference.primary(wanted.to.distribution)
            plan.copies.append(wanted.copy(of: packages, from: primary, from, to: suite.name))
        case .mirror(let base):
            for package in packages { try add(package, of: base, from, to: suite, &plan) }
        case nil:
            plan.findings.append(
                Finding(
                    .noSuite, "\(wanted.to.distribution) has no suite \(from).", field: "Packages", got: from.text))
        }
    }

    private func add(
        _ package: PackageImport.Package, of base: Int64, _ name: SuiteName, to suite: ArchiveSuite,
        _ plan: inout ImportPlan
    ) throws {
        let versions = try rows(
            """
            SELECT version FROM base_source WHERE suite = :base AND name = :name AND is_extra = 0
            ORDER BY version_key DESC
            """, ["base": base, "name": package.name]
        ).map { try $0.parsed("version") { PackageVersion($0) } }
        let meant = package.version.map { wanted in versions.first { $0.description == wanted.description } }
        guard let version = meant ?? versions.first, package.version == nil || meant != nil else {
            return plan.findings.append(try notThere(package, versions, base, name))
        }
        plan.wishes.append(
            ImportPlan.Wish(
                suite: suite, base: base, baseName: name, source: SourceVersion(package.name, version),
                only: package.architectures))
    }

    private func notThere(
        _ package: PackageImport.Package, _ versions: [PackageVersion], _ base: Int64, _ name: SuiteName
    ) throws -> Finding {
        let read = try row("SELECT base_read FROM suite WHERE id = :base", ["base": base])
        guard try read?.optionalInteger("base_read") != nil else {
            return Finding(
                .baseUnread, "The mirror of \(name) was not read yet, so nobody knows what it has.", field: "Packages",
                got: "\(package.name)", remedy: "Try again in some hours, or ask the admin (slipway maintain).")
        }
        let title = package.version.map { "\(package.name) \($0)" } ?? "\(package.name)"
        return Finding(
            .notInSuite, "\(title) is not in the base, \(name).", field: "Packages",
            expected: versions.isEmpty ? nil : versions.map(\.description).joined(separator: ", "), got: title)
    }
}

extension PackageImport {
    /// Architectures that are named, and that none of the suites has.
    fileprivate func architectureProblems(in suites: [ArchiveSuite]) -> [Finding] {
        let known = Set(suites.flatMap(\.architectures))
        let named = packages.reduce(into: Set<Architecture>()) { $0.formUnion($1.architectures ?? []) }
        return named.filter { !$0.isAll && !known.contains($0) }.map(\.description).sorted().map { architecture in
            Finding(
                .noArchitecture, "\(to) has no architecture \(architecture) there.", field: "Packages",
                expected: known.map(\.description).sorted().joined(separator: " "), got: architecture)
        }
    }

    fileprivate func copy(
        of packages: [Package], from archive: ArchiveReference, _ suite: SuiteName, to name: SuiteName
    ) -> PackageCopy {
        var copy = PackageCopy(
            from: archive, suite, to: to, name,
            packages: packages.map { PackageRemoval.Package(name: $0.name, version: $0.version) },
            withBinaries: withBinaries, by: person, key, quotas: quotas)
        for package in packages { copy.only[package.name] = package.architectures }
        return copy
    }
}
