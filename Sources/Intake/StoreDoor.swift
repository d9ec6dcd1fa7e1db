internal import DurableFiles
internal import PackageFiles

/// The way of accepted files into the content store.
///
/// The gateway's user still owns what was uploaded, so the files are copied, never linked, and hashed on the way: what is
/// stored is what was judged. One that is there already is copied all the same: only then is it certain that its name,
/// too, is on the disk. All who come at the same time wait for the disk together, twice: for the bytes, and then for the names.
struct StoreDoor: Sendable {
    private let store: ContentStore
    private let disk: GroupSync

    init(_ store: ContentStore) throws {
        self.store = store
        disk = GroupSync(try Folder(opening: store.root)) { try await onBlockingThread($0) }
    }

    /// Returns when they are there for good. A crash leaves some of them, each complete.
    func add(_ bytes: [BytesToStore]) async throws {
        let failures = disk.failures
        let copies = try await onBlockingThread { [store] in try Self.copy(bytes, into: store) }
        try await disk.sync(since: failures)
        try await onBlockingThread { _ = try copies.giveNames() }
        try await disk.sync(since: failures)
    }

    private static func copy(_ bytes: [BytesToStore], into store: ContentStore) throws -> ContentCopies {
        var batch = store.batch()
        for file in bytes {
            // The other digests were taken when it was judged.
            try batch.add(from: file.place.open(), hashing: SHA256Hashing(), expecting: file.sha256)
        }
        return batch.copied()
    }
}
