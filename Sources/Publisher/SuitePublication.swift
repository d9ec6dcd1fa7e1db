internal import Catalog
internal import DurableFiles
internal import OpenPGP

/// One suite's way to its next state. Its archive is locked meanwhile.
///
/// | step | a crash leaves | and then |
/// |---|---|---|
/// | `stage` | links in the pool that no index names, part of `dists/.<suite>.new` | the work starts anew |
/// | `switchOver` | the new state in place, the suite still waiting | the work starts anew, finds the new state in place, and goes on with `settle` |
/// | `settle` | the suite published, the former state as `dists/.<suite>.new` | the next publication or sweep removes it |
struct SuitePublication: Sendable {
    let writer: SuiteWriter
    let catalog: Catalog
    let keys: SigningKeys
    /// Writes everything again, whether apt knows it or not.
    let isWhole: Bool

    func run() async throws {
        if try await stage() { try await switchOver() }
        try await settle()
    }

    /// Puts the pool's files in place, and the suite's next state beside the present one, signed and on the disk.
    /// - Returns: whether it says anything that the present one does not.
    func stage() async throws -> Bool {
        let draft = try await BlockingWork.run { [writer, isWhole] in
            try writer.linkPool(isWhole: isWhole)
            return try writer.writeIndices()
        }
        if try !isWhole && writer.isPublished(draft) { return false }
        let signed = try await draft.signed(by: writer.snapshot.archive.signingKey, of: keys)
        try await BlockingWork.run { [writer] in try writer.write(signed) }
        return true
    }

    func switchOver() async throws {
        try await BlockingWork.run { [writer] in try writer.switchOver() }
    }

    /// Tells the catalog, and removes what the switch left over.
    func settle() async throws {
        try await catalog.notePublished(writer.snapshot, now: writer.now)
        try await BlockingWork.run { [writer] in try writer.removeStaging() }
    }
}
