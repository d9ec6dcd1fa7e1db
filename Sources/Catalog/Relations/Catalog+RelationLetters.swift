internal import ArchiveModel

/// What people of an archive hear about archives that it needs, and that are others' to change.
extension Connection {
    /// - Parameter what: what became of the archive: "was taken down".
    func tellDependents(of archive: Archive, _ what: String, now: Int64) throws {
        try tell(dependents(of: archive.id), identity: "dependency-\(archive.id)-\(now)", now: now) { reference, _ in
            (
                "\(archive.reference) \(what)",
                [
                    "\(reference) depends on \(archive.reference), by itself or through others, and that \(what).",
                    "Builds for \(reference) wait until it is there, or until \(reference) does not depend on it any more (set-dependencies).",
                ]
            )
        }
    }

    /// Once a day at most: nobody fills another's mailbox by changing his mind.
    func tellDependents(of archive: Archive, thatLost suite: ArchiveSuite, now: Int64) throws {
        let dependents = try dependents(of: archive.id, inSuiteOf: suite)
        try tell(dependents, identity: "suite-\(suite.id)-\(now / 86_400)", now: now) { reference, _ in
            (
                "\(archive.reference) has \(suite.name) no more",
                [
                    "\(reference) depends on \(archive.reference), by itself or through others, which has \(suite.name) no more. It had nothing in it.",
                    "Builds for \(suite.name) go on without it.",
                ]
            )
        }
    }

    /// After an archive's relations were set: others that need it may now need two that break each other. Told once a day at
    /// most, as above.
    func tellOfBrokenCombinations(around archive: Int64, now: Int64) throws {
        try tell(dependents(of: archive), identity: "broken-\(now / 86_400)", now: now) { reference, dependent in
            guard let pair = try brokenPair(in: [dependent] + needed(by: [dependent])) else { return nil }
            return (
                "\(pair.one) breaks \(pair.other)",
                [
                    "\(reference) needs both of them, by itself or through others, and \(pair.one) now says that they are not to be used together.",
                    "Change what \(reference) depends on (set-dependencies).",
                ]
            )
        }
    }

    /// - Parameters:
    ///   - archives: whose people are told, each of their own archive.
    ///   - identity: of the event.
    ///   - words: title and sentences for one archive; nil where there is nothing to tell.
    private func tell(
        _ archives: [Int64], identity: String, now: Int64,
        _ words: (ArchiveReference, Int64) throws -> (title: String, sentences: [String])?
    ) throws {
        for archive in archives {
            let reference = try reference(ofArchive: archive)
            guard let words = try words(reference, archive) else { continue }
            try tell(
                archive, Notice(archive: reference, title: words.title, sentences: words.sentences),
                identity: "\(identity)-\(archive)", now: now)
        }
    }
}

extension Connection {
    /// Tells whoever looks after an archive, unless it is out of sight.
    /// - Parameter identity: of the letters, without the persons.
    func tell(_ archive: Int64, _ notice: Notice, identity: String, now: Int64) throws {
        guard let known = try self.archive(id: archive), known.presence == .shown else { return }
        try queue(
            keepers(ofArchive: archive).map { keeper in
                Letter(
                    to: keeper.mail, identity: "\(identity)-\(keeper.id)", content: .notice(notice),
                    reason: "\(known.reference) is yours to look after")
            }, now: now)
    }
}
