internal import Synchronization
internal import SystemPackage

/// A file that was copied into the store and has no name there yet. Dropped without one, it is removed.
public final class ContentCopy: Sendable {
    /// In bytes.
    public let size: Int64
    private let name: ContentName
    private let temporary: String
    private let store: Folder
    private let isNamed = Mutex(false)

    init(of name: ContentName, size: Int64, at temporary: String, in store: Folder) {
        self.name = name
        self.size = size
        self.temporary = temporary
        self.store = store
    }

    deinit {
        if !isNamed.withLock({ $0 }) { try? store.remove(temporary) }
    }

    public var sha256: String { name.sha256 }

    /// For reading: nobody but the service can have written to it.
    public func open() throws(FileFailure) -> OwnedDescriptor {
        try isNamed.withLock { isNamed throws(FileFailure) in try store.openFile(isNamed ? name.relative : temporary) }
    }

    /// Once its bytes are on the disk. A file there already is complete and was synced, so it is kept. Its name may still be
    /// on the way to the disk, by somebody else's hand: its folder is to be synced all the same.
    ///
    /// - Returns: the folder of the name, which is not on the disk before this one is.
    @discardableResult
    public func giveName() throws(FileFailure) -> String {
        try isNamed.withLock { isNamed throws(FileFailure) in
            if !isNamed { try move() }
            isNamed = true
        }
        return name.shard
    }

    private func move() throws(FileFailure) {
        do {
            try store.move(temporary, to: name.relative)
        } catch  where error.alreadyExists {
            try store.remove(temporary)
        }
    }

    func syncBytes() throws(FileFailure) { try open().sync() }
}

extension ContentStore {
    /// Copies a file, for whoever waits for the disk together with others (`GroupSync`): before it gets its name, and once more
    /// afterwards.
    ///
    /// - Parameter hashing: fresh; afterwards it has seen every byte that was copied, so that no file is read twice.
    public func copy(
        from source: borrowing OwnedDescriptor, hashing: some ContentHashing
    ) throws(FileFailure) -> ContentCopy {
        try Self.copy(into: folder, hashing: hashing) { take throws(FileFailure) in try source.forEachPiece(take) }
    }

    /// Copies what was read already.
    public func copy(_ bytes: [UInt8], hashing: some ContentHashing) throws(FileFailure) -> ContentCopy {
        try Self.copy(into: folder, hashing: hashing) { take throws(FileFailure) in
            try bytes.span.withUnsafeBytes { piece throws(FileFailure) in try take(piece) }
        }
    }

    static func copy(
        into store: Folder, hashing: some ContentHashing,
        _ pieces: ((UnsafeRawBufferPointer) throws(FileFailure) -> Void) throws(FileFailure) -> Void
    ) throws(FileFailure) -> ContentCopy {
        let temporary = "\(temporaryFolder)/\(randomName())"
        let file = try store.createFile(temporary)
        do throws(FileFailure) {
            var size: Int64 = 0
            try pieces { piece throws(FileFailure) in
                hashing.update(piece)
                try file.write(piece)
                size += Int64(piece.count)
            }
            try file.setPermissions(.stored)  // not at creation, where the umask has a say
            try file.close()
            let name = try ContentName(hashing.sha256(), in: store.path)
            return ContentCopy(of: name, size: size, at: temporary, in: store)
        } catch {
            try? store.remove(temporary)
            throw error
        }
    }
}
