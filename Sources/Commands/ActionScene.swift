internal import ArchiveModel
internal import Catalog

/// Who has an action carried out, and when.
struct ActionScene {
    let person: Person
    /// The signer's.
    let key: Fingerprint
    /// Everything is rolled back in the end.
    let isDryRun: Bool
    /// Unix seconds.
    let now: Int64
    let quotas: QuotaRule
    /// Makes the signing key of a new archive.
    let makeKey: @Sendable (ArchiveReference) async throws -> Fingerprint
}
