internal import Synchronization
public import SystemPackage

/// Takes the digest of what is copied. `PackageFiles.Hashing` does it with libcrypto, which this layer does not know.
public protocol ContentHashing: AnyObject {
    func update(_ bytes: UnsafeRawBufferPointer)
    /// The SHA-256 of all the bytes so far, in lower-case hexadecimal.
    func sha256() -> String
}

/// Every accepted file once, under its SHA-256: `ab/abcd…`, mode 0444.
///
/// The invariant: a name that exists is complete, and was on the disk before it got the name. Copies are made in a
/// folder beneath `tmp/` that is this store's alone and get their name by a rename that replaces nothing, so a crash leaves
/// at most such a folder, for `sweepTemporary`. Any number of stores, in any number of processes, may work on the same root.
public final class ContentStore: Sendable {
    private static let temporaryFolder = "tmp"

    public let root: FilePath
    let folder: Folder
    /// Made with the first copy: who only reads leaves nothing.
    private let workplace = Mutex<LockedFolder?>(nil)

    /// Opens the store and makes what is missing: the root, its 256 folders and `tmp`.
    public init(root: FilePath) throws(FileFailure) {
        try Durably.makeFolders(root, permissions: .storeFolder)
        self.root = root
        folder = try Folder(opening: root)
        for name in ContentName.folders + [Self.temporaryFolder] {
            do {
                try folder.makeFolder(name, permissions: .storeFolder)
            } catch  where error.alreadyExists {}
        }
        try folder.sync()
    }

    /// Copies keep their store, so the folder is empty by now.
    deinit {
        workplace.withLock { place in
            if let place { try? temporary.remove(place) }
        }
    }

    /// By its name each time: an admin may have removed it, and made it again.
    private var temporary: LockedFolders {
        get throws(FileFailure) { LockedFolders(in: try folder.folder(Self.temporaryFolder)) }
    }

    /// Where this store makes its copies; a new folder when somebody has removed the last one.
    func copying() throws(FileFailure) -> Folder {
        try workplace.withLock { place throws(FileFailure) in
            let temporary = try temporary
            if let place, try temporary.holds(place) { return place.folder }
            let made = try temporary.make(permissions: .storeFolder)
            place = made
            return made.folder
        }
    }

    /// Where the file with this SHA-256 is, or would be. Throws `notAName` for what is no SHA-256.
    public func path(_ sha256: String) throws(FileFailure) -> FilePath {
        root.appending(try ContentName(sha256, in: root).relative)
    }

    public func contains(_ sha256: String) throws(FileFailure) -> Bool {
        try folder.status(of: ContentName(sha256, in: root).relative) != nil
    }

    public func open(_ sha256: String) throws(FileFailure) -> OwnedDescriptor {
        try folder.openFile(ContentName(sha256, in: root).relative)
    }

    /// Copies a file into the store and returns when it is there for good. A file that was there already is kept as it
    /// is.
    ///
    /// - Parameters:
    ///   - hashing: fresh; afterwards it has seen every byte that was stored, so that no file is read twice.
    ///   - expected: the SHA-256 that the file was announced with. Any other content throws `otherContent` and leaves
    ///     nothing.
    @discardableResult
    public func add(
        from source: borrowing OwnedDescriptor, hashing: some ContentHashing, expecting expected: String? = nil
    ) throws(FileFailure) -> StoredFile {
        var batch = batch()
        let stored = try batch.add(from: source, hashing: hashing, expecting: expected)
        try batch.commit()
        return stored
    }

    /// A group of files that enter together and wait for the disk once; see `ContentBatch`.
    public func batch() -> ContentBatch { ContentBatch(into: self) }

    /// The SHA-256 of every file in the store, sorted.
    public func names() throws(FileFailure) -> [String] {
        var found: [String] = []
        for shard in ContentName.folders {
            for entry in try folder.folder(shard).entries() where entry.type == .regular { found.append(entry.name) }
        }
        return found
    }

    /// Takes a file out of the store that nothing needs any more; links to it in a pool stay. Nothing there is no
    /// failure.
    public func remove(_ sha256: String) throws(FileFailure) {
        do {
            try folder.remove(ContentName(sha256, in: root).relative)
        } catch  where error.isMissing {}
    }

    /// Removes copies that were cut off: those of stores whose process has ended.
    public func sweepTemporary() throws(FileFailure) { try temporary.sweep() }

    /// Of the disk that the store is on.
    public func freeBytes() throws(FileFailure) -> Int64 { try folder.freeBytes() }
}

extension FilePermissions {
    /// 0750: only the service and its group look into the store; apt and web servers read the pool's links.
    fileprivate static let storeFolder: FilePermissions = [.ownerReadWriteExecute, .groupReadExecute]
    /// 0444: stored bytes never change.
    static let stored: FilePermissions = [.ownerRead, .groupRead, .otherRead]
}
