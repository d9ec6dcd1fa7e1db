internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// What is asked of uploads to external archives only.
enum ExternalChecks {
    static func nobodyIsBarred(_ arrival: Arrival) -> [Finding] {
        guard let destination = arrival.destination.archive, let bar = destination.externalBar else { return [] }
        return [
            Finding(
                .externalBarred,
                "\(bar.person) is kept from external archives, and \(destination.archive.reference) is one.",
                file: arrival.path.name.description, remedy: "Upload to a PPA, or ask an admin.")
        ]
    }

    /// Packages may come without their source, and then are the first of its version.
    static func versionIsNew(_ evidence: Evidence) -> [Finding] {
        guard evidence.isWithoutSource, let suite = evidence.suite else { return [] }
        let version = evidence.changes.sourceVersion
        let source = evidence.changes.source
        if evidence.history.contains(where: { $0.version == version }) {
            return [finding(.versionTaken, "\(source) \(version) was here before.", evidence)]
        }
        let live = evidence.history.filter { $0.isLive && $0.suite == suite.name }.map(\.version)
        guard let newest = live.max(), version < newest else { return [] }
        return [finding(.versionNotNewer, "\(suite.name) has \(source) \(newest) already.", evidence)]
    }

    private static func finding(_ code: FindingCode, _ sentence: String, _ evidence: Evidence) -> Finding {
        Finding(
            code, sentence, file: evidence.path.name.description, field: "Version",
            got: evidence.changes.sourceVersion.description, remedy: "Raise the version and build again.")
    }
}

extension Evidence {
    /// Packages for an external archive, and their source is neither in the upload nor in the suite.
    var isWithoutSource: Bool {
        guard inside != nil, !changes.isSourceful, let suite, arrival.destination.archive?.archive.kind == .external
        else { return false }
        return !history.contains { $0.isLive && $0.suite == suite.name && $0.version == changes.sourceVersion }
    }

    /// Sources of the archive are built here.
    var isBuiltHere: Bool { arrival.destination.archive?.archive.isBuiltHere ?? true }
}
