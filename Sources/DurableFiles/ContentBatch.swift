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
    private let store: Folder
    private var copies: [ContentCopies.Copy] = []

    init(into store: Folder) { self.store = store }

    deinit {
        for copy in copies { try? store.remove(copy.temporary) }
    }

    /// Copies a file into the batch; the parameters are those of `ContentStore.add`.
    @discardableResult
    public mutating func add(
        from source: borrowing OwnedDescriptor, hashing: some ContentHashing, expecting expected: String? = nil
    ) throws(FileFailure) -> StoredFile {
        let temporary = "\(ContentStore.temporaryFolder)/\(randomName())"
        do throws(FileFailure) {
            let size = try copy(source, to: temporary, hashing: hashing)
            let name = try ContentName(hashing.sha256(), in: store.path)
            guard expected == nil || expected == name.sha256 else {
                throw FileFailure("store", source.path, .otherContent(sha256: name.sha256))
            }
            copies.append(ContentCopies.Copy(temporary: temporary, name: name))
            return StoredFile(sha256: name.sha256, size: size)
        } catch {
            try? store.remove(temporary)
            throw error
        }
    }

    private func copy(
        _ source: borrowing OwnedDescriptor, to temporary: String, hashing: some ContentHashing
    ) throws(FileFailure) -> Int64 {
        let file = try store.createFile(temporary)
        var size: Int64 = 0
        try source.forEachPiece { piece throws(FileFailure) in
            hashing.update(piece)
            try file.write(piece)
            size += Int64(piece.count)
        }
        try file.setPermissions(.stored)  // not at creation, where the umask has a say
        try file.close()
        return size
    }

    /// Returns when all the files are in the store for good. The order keeps the store's invariant: first the bytes
    /// are forced to the disk, then the names are made, then the names are forced to the disk.
    ///
    /// When it fails, or in a crash, some of the files may be in the store already, each complete; committing them
    /// once more is safe.
    public consuming func commit() throws(FileFailure) {
        try syncBytes()
        let store = store
        for shard in try copied().giveNames() { try store.folder(shard).sync() }
    }

    /// The copies, for whoever waits for the disk together with others (`GroupSync`): before they get their names, and once
    /// more afterwards.
    public consuming func copied() -> ContentCopies {
        defer { copies = [] }
        return ContentCopies(copies, in: store)
    }

    /// A lone file is synced by itself, as a filesystem may have gigabytes of other people's uploads to write.
    private borrowing func syncBytes() throws(FileFailure) {
        if copies.count > 1 { return try store.syncFilesystem() }
        for copy in copies { try store.openFile(copy.temporary).sync() }
    }
}
