public import Catalog
public import DurableFiles

/// Removes bytes from the content store that nobody needs: what no accepted upload brought in, and what only deleted archives
/// had. Some of the store in each round, so that a round's work does not grow with it.
public struct UnneededBytes: Sendable {
    private let catalog: Catalog
    private let store: ContentStore
    /// Of bytes that were stored for nothing, and after the deletion of an archive.
    private let grace: Duration

    /// Rounds that it takes to look through the whole store: four days of six-hour rounds.
    static let rounds: Int64 = 16
    /// Of deleted archives, in one round.
    private static let filesOfDeleted = 50_000

    public init(catalog: Catalog, store: ContentStore, grace: Duration) {
        self.catalog = catalog
        self.store = store
        self.grace = grace
    }

    /// - Parameters:
    ///   - round: any number; the next round has the next one.
    ///   - now: Unix seconds.
    /// - Returns: how many files were removed.
    public func remove(round: Int64, now: Int64) async throws -> Int {
        let cutoff = now - grace.components.seconds
        // First, as strangers that are too many end the round.
        var removed = try await catalog.removeFiles(ofDeletedBefore: cutoff, limit: Self.filesOfDeleted, now: now) {
            [store] in try store.remove($0)
        }
        for shard in Self.shards(of: round) {
            try Task.checkCancellation()
            let names = try store.names(in: shard, olderThan: grace, now: now)
            removed += try await catalog.removeStrangers(among: names) { [store] in try store.remove($0) }
        }
        return removed
    }

    private static func shards(of round: Int64) -> [String] {
        ContentStore.shards.enumerated().filter { Int64($0.offset) % rounds == round % rounds }.map(\.element)
    }
}
