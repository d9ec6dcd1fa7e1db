internal import ArchiveModel

/// What keeps a suite from being taken out of an archive.
extension Connection {
    /// Named at once: more are found when these are gone.
    private static let namedUploads = 20

    func obstacles(toRemoving suite: ArchiveSuite, _ archive: Archive) throws -> [Finding] {
        try waitingObstacle(suite, archive) + buildObstacle(suite, archive)
            + wishObstacle(WantedImport.self, "fetched from a mirror", suite, archive)
            + wishObstacle(WantedSourceRebuild.self, "made once more", suite, archive)
            + dependentObstacles(suite, archive)
    }

    private func waitingObstacle(_ suite: ArchiveSuite, _ archive: Archive) throws -> [Finding] {
        let numbers = try rows(
            "SELECT id, verdict FROM upload WHERE outcome = 'held' AND held_for = :archive ORDER BY id",
            ["archive": archive.id]
        ).filter { try JSONText.decode(Verdict.self, $0.text("verdict")).suite == suite.name }.map {
            try $0.integer("id")
        }
        guard !numbers.isEmpty else { return [] }
        let named = numbers.prefix(Self.namedUploads).map { "\($0)" }.joined(separator: ", ")
        return [
            inUse(
                suite, "For \(suite.name) of \(archive.reference) these uploads wait: \(named).",
                "Have them decided, or cancel them.")
        ]
    }

    private func buildObstacle(_ suite: ArchiveSuite, _ archive: Archive) throws -> [Finding] {
        let builds = try count(
            """
            SELECT count(*) AS number FROM build
            WHERE archive_suite = :suite AND state IN ('wanted', 'building', 'uploading')
            """, suite)
        guard builds > 0 else { return [] }
        return [
            inUse(
                suite, "For \(suite.name) of \(archive.reference) \(builds) builds are wanted or under way.",
                "Cancel them (cancel-build), or wait for their ends.")
        ]
    }

    /// - Parameter words: what is done for them.
    private func wishObstacle(
        _ kind: (some Wish).Type, _ words: String, _ suite: ArchiveSuite, _ archive: Archive
    ) throws -> [Finding] {
        let wishes = try waitingWishes(kind, for: suite)
        guard wishes > 0 else { return [] }
        return [
            inUse(
                suite, "For \(suite.name) of \(archive.reference) \(wishes) sources are being \(words).",
                "Wait until a mail says that they are there, and remove them.")
        ]
    }

    /// Only the owner's own: nobody keeps a suite of another by depending on it. Others are told.
    private func dependentObstacles(_ suite: ArchiveSuite, _ archive: Archive) throws -> [Finding] {
        try dependents(of: archive.id, inSuiteOf: suite).compactMap { try self.archive(id: $0) }
            .filter { $0.presence == .shown && $0.reference.owner == archive.reference.owner }.map { dependent in
                inUse(
                    suite, "\(dependent.reference) depends on \(archive.reference), and has \(suite.name).",
                    "Change what it depends on first (set-dependencies), or take the suite out of it, too.")
            }
    }

    private func count(_ sql: String, _ suite: ArchiveSuite) throws -> Int64 {
        try row(sql, ["suite": suite.id])?.integer("number") ?? 0
    }

    private func inUse(_ suite: ArchiveSuite, _ sentence: String, _ remedy: String) -> Finding {
        Finding(.suiteInUse, sentence, field: "Suites", got: suite.name.text, remedy: remedy)
    }
}
