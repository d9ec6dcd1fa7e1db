internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// How a version stands to those that the archive has in other suites, where the distribution's description orders them: who goes
/// from one release to the next is to get newer packages.
enum SuiteOrderChecks {
    static func isNewerThanInOtherSuites(_ evidence: Evidence) -> [Finding] {
        let version = evidence.changes.version
        return (order(evidence)?.newerThan ?? []).compactMap { other in
            guard let newest = live(in: other, evidence).max(), version <= newest else { return nil }
            return finding(.versionNotNewer, other, newest, "higher", "Raise", "above", evidence)
        }
    }

    static func isOlderThanInOtherSuites(_ evidence: Evidence) -> [Finding] {
        let version = evidence.changes.version
        return (order(evidence)?.olderThan ?? []).compactMap { other in
            guard let oldest = live(in: other, evidence).min(), version >= oldest else { return nil }
            return finding(.versionNotOlder, other, oldest, "lower", "Choose", "below", evidence)
        }
    }

    private static func finding(
        _ code: FindingCode, _ other: SuiteName, _ limit: PackageVersion, _ relation: String, _ verb: String,
        _ side: String, _ evidence: Evidence
    ) -> Finding {
        let suite = evidence.suite?.name.text ?? ""
        return Finding(
            code, "\(other) has \(evidence.changes.source) \(limit); versions in \(suite) are \(relation).",
            file: evidence.path.name.description, field: "Version", expected: "\(relation) than \(limit)",
            got: evidence.changes.version.description,
            remedy: "\(verb) a version \(side) \(limit) and build again, or upload to \(other) first.")
    }

    private static func order(_ evidence: Evidence) -> SuiteOrder? {
        guard evidence.changes.isSourceful, let suite = evidence.suite else { return nil }
        return evidence.arrival.destination.archive?.orders[suite.name]
    }

    private static func live(in suite: SuiteName, _ evidence: Evidence) -> [PackageVersion] {
        evidence.history.filter { $0.isLive && $0.suite == suite }.map(\.version)
    }
}
