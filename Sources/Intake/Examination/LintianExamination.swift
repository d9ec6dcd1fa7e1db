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
    /// Where uploads wait for it, away from those that wait for dpkg-source; the large ones, which may take minutes, by
    /// themselves.
    let small: SlowQueue
    private let large: SlowQueue

    init(_ policy: LintianPolicy, _ trees: TreeExamination, places: Int) {
        self.policy = policy
        self.trees = trees
        small = SlowQueue(places: places, waiting: places * TreeExamination.waitingEach)
        large = SlowQueue(places: places, waiting: places * TreeExamination.waitingEach)
    }

    /// Keeps a place for an upload that will be asked about, so that its tree is not unpacked in vain.
    func keepingPlace<Value: Sendable>(
        for evidence: Evidence, besides found: [Finding], _ slowChecks: () async throws -> Value
    ) async throws -> Value {
        guard lintian(for: evidence, besides: found) != nil else { return try await slowChecks() }
        let queue = TreeExamination.isLarge(evidence.files) ? large : small
        return try await queue.keepingPlace(for: evidence.arrival.received.session.name, slowChecks)
    }

    private func lintian(for evidence: Evidence, besides found: [Finding]) -> Lintian? {
        guard !found.hasErrors, evidence.missing.isEmpty else { return nil }
        return evidence.arrival.destination.archive.flatMap { policy.lintian(for: $0.archive) }
    }

    func findings(in evidence: Evidence, besides found: [Finding]) async throws -> [Finding] {
        guard let lintian = lintian(for: evidence, besides: found) else { return [] }
        return try await ask(lintian, about: evidence.files, of: evidence.arrival.received, evidence.arrival.text)
    }

    /// Of a build's result.
    func findings(
        in evidence: BuildEvidence, _ received: ReceivedText, _ text: VerifiedText, besides found: [Finding]
    ) async throws -> [Finding] {
        guard policy.builds != .nothing, !found.hasErrors, let archive = evidence.archive,
            let lintian = policy.lintian(for: archive)
        else { return [] }
        let findings = try await ask(lintian, about: evidence.files, of: received, text)
        return policy.builds == .refuse ? findings : findings.map(\.asWarning)
    }

    private func ask(
        _ lintian: Lintian, about files: [NeededFile], of received: ReceivedText, _ text: VerifiedText
    ) async throws -> [Finding] {
        let upload = UploadToLint(
            name: received.path.name, changes: text.text,
            files: files.map { file in .init(name: file.name) { try trees.open(file) } })
        let queue = TreeExamination.isLarge(files) ? large : small
        return try await trees.desk.visiting(queue, received.session.name) {
            try await trees.unpacker.findings(in: upload, by: lintian)
        }
    }
}
