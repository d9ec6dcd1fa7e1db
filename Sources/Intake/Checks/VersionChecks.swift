internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// What a version may be, by the archive's past. Files of one name would meet in the pool, so the past is that of the
/// whole archive; newer it has to be than what its own suite has.
enum VersionChecks {
    /// A version is used once in an archive, and stays used when it is deleted.
    static func isNotTaken(_ evidence: Evidence) -> [Finding] {
        guard evidence.changes.isSourceful else { return [] }
        let version = evidence.changes.version
        guard let taken = evidence.history.first(where: { $0.version == version }) else { return [] }
        return [
            Finding(
                .versionTaken,
                "\(evidence.changes.source) \(taken.version) was accepted into \(taken.suite) on \(UTCDate(secondsSince1970: taken.created)) and is \(taken.state.rawValue)\(otherBytes(evidence, taken)).",
                file: evidence.path.name.description, field: "Version", expected: "a version never used here",
                got: version.description, remedy: "Raise the version (dch -i) and build again.")
        ]
    }

    /// What waits in NEW counts like what is there.
    static func isNotWaiting(_ evidence: Evidence) -> [Finding] {
        guard evidence.changes.isSourceful else { return [] }
        let version = evidence.changes.version
        return evidence.waiting.compactMap { waiting in
            let other = waiting.source
            guard version == other.version || (version < other.version && evidence.suite?.name == other.suite) else {
                return nil
            }
            return Finding(
                .versionWaits,
                "\(evidence.changes.source) \(other.version) waits in NEW for \(other.suite), as upload \(waiting.upload).",
                file: evidence.path.name.description, field: "Version", expected: "higher than \(other.version)",
                got: version.description,
                remedy: "Wait for it, or cancel upload \(waiting.upload), or raise the version and build again.")
        }
    }

    static func isNewer(_ evidence: Evidence) -> [Finding] {
        guard evidence.changes.isSourceful, let suite = evidence.suite else { return [] }
        let version = evidence.changes.version
        let live = evidence.history.filter { $0.isLive && $0.suite == suite.name }.map(\.version)
        guard let newest = live.max(), version < newest else { return [] }
        return [
            Finding(
                .versionNotNewer, "\(suite.name) has \(evidence.changes.source) \(newest) already.",
                file: evidence.path.name.description, field: "Version", expected: "higher than \(newest)",
                got: version.description, remedy: "Raise the version above \(newest) and build again.")
        ]
    }

    /// What the PPA says of versions, beside what holds everywhere.
    static func keepsTheArchivesRules(_ evidence: Evidence) -> [Finding] {
        guard let archive = evidence.arrival.destination.archive?.archive else { return [] }
        let version = evidence.changes.version
        return evidence.breaches.map { breach in
            Finding(
                breach.code, breach.sentence("\(evidence.changes.source) \(version)", in: archive.reference),
                file: evidence.path.name.description, field: "Version", expected: breach.expected,
                got: version.description,
                remedy: "Choose another version and build again, or upload to another archive.")
        }
    }

    private static func otherBytes(_ evidence: Evidence, _ taken: SourceHistory) -> String {
        evidence.changes.dsc?.sha256 == taken.dscSHA256 ? "" : "; the .dsc then had other bytes"
    }
}
