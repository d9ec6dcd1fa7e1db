internal import Dispatch
internal import Synchronization
internal import SystemPackage

/// A file that was copied into the store and has no name there yet. Dropped without one, it is removed.
public final class ContentCopy: Sendable {
    /// In bytes.
    public let size: Int64
    private let name: ContentName
    private let temporary: String
    private let workplace: Folder
    private let store: ContentStore
    private let isNamed = Mutex(false)

    init(of name: ContentName, size: Int64, at temporary: String, in workplace: Folder, of store: ContentStore) {
        self.name = name
        self.size = size
        self.temporary = temporary
        self.workplace = workplace
        self.store = store
    }

    /// Bytes up to which a file goes at once: the blocks of a large one take a while to free.
    private static let quicklyRemoved: Int64 = 1 << 20

    /// Whoever lets go of it last may be on a thread that must not wait.
    deinit {
        guard !isNamed.withLock({ $0 }) else { return }
        let (workplace, temporary, store) = (workplace, temporary, store)
        guard size > Self.quicklyRemoved else {
            try? workplace.remove(temporary)
            return
        }
        DispatchQueue.global(qos: .utility).async {
            withExtendedLifetime(store) { try? workplace.remove(temporary) }
        }
    }

    public var sha256: String { name.sha256 }

    /// For reading: nobody but the service can have written to it.
    public func open() throws(FileFailure) -> OwnedDescriptor {
        try isNamed.withLock { isNamed throws(FileFailure) in
            isNamed ? try store.folder.openFile(name.relative) : try workplace.openFile(temporary)
        }
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
            try workplace.move(temporary, to: store.folder, as: name.relative)
        } catch  where error.alreadyExists {
            try workplace.remove(temporary)
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
        try copy(hashing: hashing) { take throws(FileFailure) in try source.forEachPiece(take) }
    }

    /// Copies what was read already.
    public func copy(_ bytes: [UInt8], hashing: some ContentHashing) throws(FileFailure) -> ContentCopy {
        try copy(hashing: hashing) { take throws(FileFailure) in
            try bytes.span.withUnsafeBytes { piece throws(FileFailure) in try take(piece) }
        }
    }

    func copy(
        hashing: some ContentHashing,
        _ pieces: ((UnsafeRawBufferPointer) throws(FileFailure) -> Void) throws(FileFailure) -> Void
    ) throws(FileFailure) -> ContentCopy {
        let (workplace, temporary) = (try copying(), randomName())
        let file = try workplace.createFile(temporary)
        do throws(FileFailure) {
            var size: Int64 = 0
            try pieces { piece throws(FileFailure) in
                hashing.update(piece)
                try file.write(piece)
                size += Int64(piece.count)
            }
            try file.setPermissions(.stored)  // not at creation, where the umask has a say
            try file.close()
            let name = try ContentName(hashing.sha256(), in: root)
            return ContentCopy(of: name, size: size, at: temporary, in: workplace, of: self)
        } catch {
            try? workplace.remove(temporary)
            throw error
        }
    }
}
