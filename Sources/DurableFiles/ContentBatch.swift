internal import SystemPackage

/// A file that is in the store, or will be with its batch.
public struct StoredFile: Hashable, Sendable {
    public let sha256: String
    /// In bytes.
    public let size: Int64
}

/// Files that enter the store together. Forcing one file to the disk takes about as long as forcing two hundred, so a
/// batch waits once for all the bytes, and then for the names (see `commit`).
///
/// Nothing is in the store before `commit`. A batch that is dropped removes its copies.
public struct ContentBatch: ~Copyable, Sendable {
    private let store: ContentStore
    /// The filesystem, by an opening of this batch's own, made before its first byte. The kernel tells every opening once of a
    /// write that has failed since it was made (errseq_t): by one that batches share, whichever asked first would hear of the
    /// others' bytes, and they would take theirs for written. No other batch can take ours away, and what is older is not ours.
    private var disk: Folder?
    private var copies: [ContentCopy] = []

    init(into store: ContentStore) { self.store = store }

    /// Copies a file into the batch; the parameters are those of `ContentStore.add`.
    @discardableResult
    public mutating func add(
        from source: borrowing OwnedDescriptor, hashing: some ContentHashing, expecting expected: String? = nil
    ) throws(FileFailure) -> StoredFile {
        if disk == nil { disk = try Folder(opening: store.root) }
        let copy = try store.copy(from: source, hashing: hashing)
        guard expected == nil || expected == copy.sha256 else {
            throw FileFailure("store", source.path, .otherContent(sha256: copy.sha256))
        }
        copies.append(copy)
        return StoredFile(sha256: copy.sha256, size: copy.size)
    }

    /// Returns when all the files are in the store for good. The order keeps the store's invariant: first the bytes
    /// are forced to the disk, then the names are made, then the names are forced to the disk.
    ///
    /// When it fails, or in a crash, some of the files may be in the store already, each complete; committing them
    /// once more is safe.
    public consuming func commit() throws(FileFailure) {
        try syncBytes()
        var shards: Set<String> = []
        for copy in copies { shards.insert(try copy.giveName()) }
        for shard in shards { try store.folder.folder(shard).sync() }
    }

    /// A lone file is synced by itself, as a filesystem may have gigabytes of other people's uploads to write. It has its name in
    /// `tmp` from us alone: nobody else asks for its failures, and one that nobody was told of is told to the next opening.
    private borrowing func syncBytes() throws(FileFailure) {
        if copies.count > 1, let disk { return try disk.syncFilesystem() }
        for copy in copies { try copy.syncBytes() }
    }
}
