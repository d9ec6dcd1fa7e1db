internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import OpenPGP
internal import SourceTree

/// Asks lintian, where the admin has chosen tags of it.
///
/// It takes seconds where everything else takes milliseconds, so it comes last, when nothing refuses the upload yet.
struct LintianExamination: Sendable {
    let policy: LintianPolicy
    let trees: TreeExamination
    /// Where uploads wait for it, away from those that wait for dpkg-source.
    private let queue: Desk

    init(_ policy: LintianPolicy, _ trees: TreeExamination, places: Int) {
        self.policy = policy
        self.trees = trees
        queue = Desk(places: places)
    }

    func findings(in evidence: Evidence, besides found: [Finding]) async throws -> [Finding] {
        guard !found.hasErrors, evidence.missing.isEmpty, let archive = evidence.arrival.destination.archive?.archive,
            policy.covers(archive)
        else { return [] }
        let upload = UploadToLint(
            name: evidence.path.name, changes: evidence.arrival.text.text,
            files: evidence.files.map { file in .init(name: file.name) { try trees.open(file) } })
        let session = evidence.arrival.received.session.name
        return try await trees.desk.steppingAside(session) {
            try await queue.admitting(session) {
                try await trees.unpacker.findings(in: upload, by: policy.lintian)
            }
        }
    }
}
