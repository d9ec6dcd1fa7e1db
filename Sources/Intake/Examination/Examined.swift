internal import ArchiveModel
internal import Catalog

/// What came of looking at an upload; nothing is written down yet.
struct Examined: Sendable {
    enum Effect: Sendable {
        /// The verdict is all.
        case none
        case source(AcceptedSource, BytesToStore)
        case packages(AcceptedPackages, BytesToStore)
        case build(AcceptedBinaries, BytesToStore)
        /// The build has failed, by these letters' words.
        case failedBuild(Int64, cause: String, [Letter])
    }

    /// Its page is not known before the upload has its number.
    var verdict: Verdict
    /// Who is told; nil where nobody is proven to have sent it, and for builders.
    var signer: Person?
    var files: [UploadReport.File] = []
    /// The `Changes` field.
    var changes: String?
    /// What happens now, as sentences.
    var next: [String] = []
    var effect = Effect.none
    /// When to judge again; Unix seconds.
    var retryAt: Int64?
    /// What the session of an upload that waits takes.
    var heldBytes: Int64 = 0
    /// The archive that an upload that waits is for.
    var heldFor: Int64?
    /// What waits in NEW.
    var waiting: WaitingSource?
    /// `VerifiedText.identity` of a text that acted before: its signer hears of that once, whoever sends it again.
    var replayed: String?
    /// Message-ID of the mail that is answered.
    var answers: String?
    /// Somebody else answers by mail: the command runner.
    var isAnsweredElsewhere = false

    init(_ verdict: Verdict, signer: Person? = nil) {
        self.verdict = verdict
        self.signer = signer
    }
}

/// Ends an examination before there is more to look at.
struct EarlyVerdict: Error {
    let examined: Examined

    init(_ outcome: Verdict.Outcome, _ findings: [Finding], signer: Person? = nil) {
        examined = Examined(Verdict(outcome, findings: findings), signer: signer)
    }
}

/// A fault of ours that is no error of a call.
struct IntakeFault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
