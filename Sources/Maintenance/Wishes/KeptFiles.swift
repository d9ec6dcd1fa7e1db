internal import Catalog
internal import DurableFiles
internal import PackageFiles
internal import Synchronization

/// What one wish puts into the content store. Of what was not there before, that of which nothing came is taken out again, and does
/// not wait for the sweep: who wants again and again what is refused fills no disk.
public final class KeptFiles: Sendable {
    private let store: ContentStore
    private let disk: FreeDisk
    /// SHA-256.
    private let added = Mutex<Set<String>>([])

    init(_ store: ContentStore, _ disk: FreeDisk) { (self.store, self.disk) = (store, disk) }

    /// Returns when they are in the store for good. Nothing is there when they are not what they are said to be.
    /// - Throws: `FullDisk`.
    func keep(_ files: [CatalogFile], from open: (CatalogFile) throws -> OwnedDescriptor) throws {
        let size = files.reduce(0) { $0 + $1.size }
        try disk.require(size, for: "\(size >> 20) MiB in the content store")
        let new = try files.filter { try !store.contains($0.sha256) }.map(\.sha256)
        added.withLock { $0.formUnion(new) }
        var batch = store.batch()
        for file in files { try batch.add(from: open(file), hashing: Hashing(), expecting: file.sha256) }
        try batch.commit()
    }

    /// Once the wish is published, or refused: what the catalog knows by then stays, whoever brought it. Who accepts the same bytes
    /// looks in that transaction whether they are there: so either it comes first, and they stay, or it sees that they are gone, and
    /// stores them again. What goes wrong here is left to the sweep (`UnneededBytes`).
    func forget(_ catalog: Catalog) async {
        let names = added.withLock { Array($0) }
        _ = try? await catalog.removeStrangers(names) { [store] in try store.remove($0) }
    }
}
