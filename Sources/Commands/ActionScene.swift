internal import ArchiveModel
internal import Catalog

/// Who has an action carried out, and when.
struct ActionScene {
    let person: Person
    /// The signer's.
    let key: Fingerprint
    /// Of the text, as the command log has it.
    let signature: String
    /// Everything is rolled back in the end.
    let isDryRun: Bool
    /// Unix seconds.
    let now: Int64
    /// This service's name.
    let service: String
    let rules: ActionRules
    /// Makes the signing key of a new archive.
    let makeKey: @Sendable (ArchiveReference) async throws -> Fingerprint
}
