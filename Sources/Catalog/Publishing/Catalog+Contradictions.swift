public import ArchiveModel
internal import DebianControl

/// What is published in an archive and does not keep to what is to be said of it.
public struct Contradiction: Sendable, Hashable {
    /// As in commands: `Newer-Than`.
    public let field: String
    /// What of it that is: "a version lower than trixie's".
    public let what: String
    /// The first of them: "hello 2.10-3, bookworm".
    public let packages: [String]

    /// Named at once: more are found when these are gone.
    static let namedPackages = 20

    public func sentence(in archive: ArchiveReference) -> String {
        "\(archive) has, of \(what): \(packages.joined(separator: "; "))."
    }
}

extension Catalog {
    /// What is published in the archive and contradicts what is to be said of it.
    public func contradictions(to settings: ArchiveSettings, in archive: Archive) async throws -> [Contradiction] {
        try await read { try $0.contradictions(to: settings, in: archive) }
    }
}

extension Connection {
    func contradictions(to settings: ArchiveSettings, in archive: Archive) throws -> [Contradiction] {
        try [
            newerContradiction(settings.newerThan, archive), olderContradiction(settings.olderThan, archive),
            settings.needsName == true ? nameContradiction(archive) : nil,
            settings.components.flatMap { try componentContradiction($0, archive) },
            settings.architectures.flatMap { try architectureContradiction($0, archive) },
            settings.suites.flatMap { try suiteContradiction($0, archive) },
        ].compactMap(\.self)
    }

    private func newerContradiction(_ bound: ArchiveSettings.Bound?, _ archive: Archive) throws -> Contradiction? {
        guard case .suite(let suite)? = bound,
            let base = try baseVersions(of: suite, in: archive.reference.distribution)
        else { return nil }
        return try contradiction(
            "Newer-Than", "versions that are not higher than \(suite)'s", archive,
            where: "EXISTS (SELECT 1 FROM (\(base.rows)) b WHERE b.name = s.name AND b.version_key >= s.version_key)",
            ["place": base.place])
    }

    private func olderContradiction(_ bound: ArchiveSettings.Bound?, _ archive: Archive) throws -> Contradiction? {
        guard case .suite(let suite)? = bound,
            let base = try baseVersions(of: suite, in: archive.reference.distribution)
        else { return nil }
        return try contradiction(
            "Older-Than", "versions that are not lower than \(suite)'s", archive,
            where: """
                EXISTS (SELECT 1 FROM (\(base.rows)) b WHERE b.name = s.name) AND NOT EXISTS (
                    SELECT 1 FROM (\(base.rows)) b WHERE b.name = s.name AND b.version_key > s.version_key)
                """, ["place": base.place])
    }

    private func nameContradiction(_ archive: Archive) throws -> Contradiction? {
        guard case .owned(_, _, let name) = archive.reference else { return nil }
        let spellings = VersionRuleBreach.spellings(of: name)
        return try contradiction(
            "Name-In-Version", "versions without \(spellings.joined(separator: " or "))", archive,
            where: "instr(s.version, :one) = 0 AND instr(s.version, :other) = 0",
            ["one": spellings[0], "other": spellings[spellings.count - 1]])
    }

    private func componentContradiction(_ components: [ComponentName], _ archive: Archive) throws -> Contradiction? {
        let names = components.map(\.text).joined(separator: " ")
        return try contradiction(
            "Components", "other components", archive, where: "instr(:names, ' ' || p.component || ' ') = 0",
            ["names": " \(names) "])
    }

    private func architectureContradiction(
        _ architectures: [Architecture], _ archive: Archive
    ) throws -> Contradiction? {
        let names = architectures.map(\.description).joined(separator: " ")
        return try contradiction(
            "Architectures", "packages for other architectures", archive,
            where: """
                EXISTS (SELECT 1 FROM binary b JOIN binary_publication o ON o.binary = b.id
                    WHERE b.source = s.id AND o.archive_suite = a.id AND o.state IN ('pending', 'published')
                        AND instr(:names, ' ' || b.architecture || ' ') = 0)
                """, ["names": " \(names) all "])
    }

    private func suiteContradiction(_ suites: [SuiteName], _ archive: Archive) throws -> Contradiction? {
        try contradiction(
            "Suites", "what is published in suites that it would lose", archive,
            where: "a.is_removed = 0 AND instr(:names, ' ' || u.name || ' ') = 0",
            ["names": " \(suites.map(\.text).joined(separator: " ")) "])
    }

    /// - Parameter condition: SQL about `s`, a source, `p`, its publication, and `a`, the archive's suite.
    private func contradiction(
        _ field: String, _ what: String, _ archive: Archive, where condition: String,
        _ arguments: [String: any SQLArgument]
    ) throws -> Contradiction? {
        let found = try rows(
            """
            SELECT s.name, s.version, u.name AS suite FROM archive_suite a JOIN suite u ON u.id = a.suite
            JOIN source_publication p ON p.archive_suite = a.id AND p.state IN ('pending', 'published')
            JOIN source s ON s.id = p.source
            WHERE a.archive = :archive AND \(condition) ORDER BY s.name, u.name LIMIT :limit
            """,
            arguments.merging(["archive": archive.id, "limit": Contradiction.namedPackages]) { one, _ in one })
        guard !found.isEmpty else { return nil }
        return Contradiction(
            field: field, what: what,
            packages: try found.map {
                "\(try $0.text("name")) \(try $0.text("version")), \(try $0.text("suite"))"
            })
    }
}
