internal import Synchronization
internal import SystemPackage

/// Files that were copied into the store and have no names there yet. Dropped without names, they are removed.
public final class ContentCopies: Sendable {
    struct Copy: Sendable {
        let temporary: String
        let name: ContentName
    }

    private let store: Folder
    private let copies: Mutex<[Copy]>

    init(_ copies: [Copy], in store: Folder) {
        self.store = store
        self.copies = Mutex(copies)
    }

    deinit {
        copies.withLock { copies in
            for copy in copies { try? store.remove(copy.temporary) }
        }
    }

    /// Once their bytes are on the disk.
    ///
    /// - Returns: the folders of the names, which are not on the disk before these are.
    @discardableResult
    public func giveNames() throws(FileFailure) -> Set<String> {
        try copies.withLock { copies throws(FileFailure) in
            var shards: Set<String> = []
            while let copy = copies.last {
                try giveName(copy)
                shards.insert(copy.name.shard)
                copies.removeLast()
            }
            return shards
        }
    }

    /// A file there already is complete and was synced, so it is kept. Its name may still be on the way to the disk,
    /// by somebody else's hand: that is why its folder is among those to be synced.
    private func giveName(_ copy: Copy) throws(FileFailure) {
        do {
            try store.move(copy.temporary, to: copy.name.relative)
        } catch  where error.alreadyExists {
            try store.remove(copy.temporary)
        }
    }
}
