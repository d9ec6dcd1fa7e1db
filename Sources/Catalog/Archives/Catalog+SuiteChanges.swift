public import ArchiveModel
internal import DebianControl

extension Catalog {
    /// All that keeps an archive from having the suites that it is to have, and no others, as things stand; beside what is
    /// published in those that it would lose (`contradictions`).
    public func suiteObstacles(to settings: ArchiveSettings, in archive: Archive) async throws -> [Finding] {
        try await read { try $0.suiteObstacles(to: settings, in: archive) }
    }
}

extension Connection {
    func suiteObstacles(to settings: ArchiveSettings, in archive: Archive) throws -> [Finding] {
        guard let names = settings.suites else { return [] }
        return try names.filter { archive.suite($0) == nil }.flatMap { try obstacles(toAdding: $0, settings, archive) }
            + archive.suites.filter { !names.contains($0.name) }.flatMap { try obstacles(toRemoving: $0, archive) }
    }

    /// - Throws: `Conflict` when a suite of the base is not there.
    func changeSuites(of archive: Archive, _ settings: ArchiveSettings, now: Int64) throws -> [String] {
        guard let names = settings.suites else { return [] }
        let distribution = try distribution(archive.reference.distribution)
        let added = names.filter { archive.suite($0) == nil }
        let removed = archive.suites.filter { !names.contains($0.name) }
        for name in added {
            let architectures = try settings.architectures ?? base(name, of: archive).flatMap { try own($0, archive) }
            try add((name: name, architectures: architectures), of: distribution, toArchive: archive.id)
        }
        for suite in removed { try remove(suite, of: archive, now: now) }
        return added.map { "\(archive.reference) has \($0), too: apt sees it with the next publication." }
            + removed.map { "\(archive.reference) has \($0.name) no more, and apt does not see it any longer." }
    }

    private func base(_ name: SuiteName, of archive: Archive) throws -> SuiteDescription? {
        try row(
            """
            SELECT d.name AS distribution, s.* FROM suite s JOIN distribution d ON d.id = s.distribution
            WHERE d.name = :distribution AND s.name = :suite
            """, ["distribution": archive.reference.distribution, "suite": name]
        ).map(SuiteDescription.init(row:))
    }

    /// Where the archive's other suites have all that their bases have, so has a new one; else only what one of them has, too.
    private func own(_ suite: SuiteDescription, _ archive: Archive) throws -> [Architecture] {
        let isLimited = try archive.suites.contains { other in
            try base(other.name, of: archive).map { !Set($0.architectures).isSubset(of: other.architectures) } ?? false
        }
        guard isLimited else { return suite.architectures }
        let known = Set(archive.suites.flatMap(\.architectures))
        return suite.architectures.filter(known.contains)
    }

    private func obstacles(
        toAdding name: SuiteName, _ settings: ArchiveSettings, _ archive: Archive
    ) throws -> [Finding] {
        guard let suite = try base(name, of: archive) else {
            return [
                Finding(
                    .noSuite, "\(archive.reference.distribution) has no suite \(name).", field: "Suites",
                    got: name.text)
            ]
        }
        // What the command says itself is looked at with the rest of it.
        let components = settings.components == nil ? archive.components ?? [] : []
        let unknown = components.filter { !suite.components.contains($0) }.map { component in
            Finding(
                .unknownComponent, "\(name) has no component \(component), which \(archive.reference) has.",
                field: "Suites", expected: suite.components.map(\.text).joined(separator: " "), got: name.text)
        }
        guard settings.architectures == nil, try own(suite, archive).isEmpty else { return unknown }
        return unknown + [
            Finding(
                .noArchitecture, "\(name) has none of the architectures of \(archive.reference).", field: "Suites",
                expected: suite.architectures.map(\.description).joined(separator: " "), got: name.text,
                remedy: "Name some that all its suites have, in Architectures.")
        ]
    }

    /// The row stays: what was published in it is history, and keeps its versions and file names.
    private func remove(_ suite: ArchiveSuite, of archive: Archive, now: Int64) throws {
        try execute(
            """
            UPDATE archive_suite SET is_removed = 1, changed = changed + 1, published_at = NULL WHERE id = :suite
            """, ["suite": suite.id])
        try tellDependents(of: archive, thatLost: suite, now: now)
    }

    /// Those that have the suite of the same name, too.
    func dependents(of archive: Int64, inSuiteOf suite: ArchiveSuite) throws -> [Int64] {
        try dependents(of: archive).filter { dependent in
            try row(
                """
                SELECT 1 AS yes FROM archive_suite o JOIN archive_suite t ON t.suite = o.suite
                WHERE o.archive = :dependent AND o.is_removed = 0 AND t.id = :suite
                """, ["dependent": dependent, "suite": suite.id]) != nil
        }
    }
}
