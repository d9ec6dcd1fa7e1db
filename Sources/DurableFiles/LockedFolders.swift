public import SystemPackage

/// Folders for work that is under way, one for each who works. Whoever works in one holds its lock, so that what a crash left is
/// told from what is at work, in this process or another.
public struct LockedFolders: Sendable {
    private let parent: Folder

    /// - Parameter parent: holds nothing else.
    public init(in parent: Folder) { self.parent = parent }

    /// A new folder. It stays until `remove`, or until its holder has ended and somebody sweeps.
    public func make(
        permissions: FilePermissions = .ownerReadWriteExecute
    ) throws(FileFailure) -> LockedFolder {
        let gate = try gate()
        defer { try? gate.unlock() }
        let name = randomName()
        let folder = try parent.makeFolder(name, permissions: permissions)
        _ = try folder.lock(waiting: true)
        return LockedFolder(name: name, folder: folder)
    }

    /// With all that is in it.
    public func remove(_ folder: LockedFolder) throws(FileFailure) { try parent.removeTree(folder.name) }

    /// Whether it is there still.
    public func holds(_ folder: LockedFolder) throws(FileFailure) -> Bool { try parent.status(of: folder.name) != nil }

    /// Removes everything that nobody holds.
    public func sweep() throws(FileFailure) {
        let gate = try gate()
        defer { try? gate.unlock() }
        for entry in try parent.entries() {
            if entry.type == .directory, let folder = try? parent.folder(entry.name) {
                guard try folder.lock(waiting: false) else { continue }
            }
            try parent.removeTree(entry.name)
        }
    }

    public func freeBytes() throws(FileFailure) -> Int64 { try parent.freeBytes() }
    public func freeInodes() throws(FileFailure) -> Int64 { try parent.freeInodes() }

    /// Between the making of a folder and its lock nobody sweeps. An opening of its own: locks of one opening do not exclude each
    /// other.
    private func gate() throws(FileFailure) -> Folder {
        let gate = try parent.folder(".")
        _ = try gate.lock(waiting: true)
        return gate
    }
}

/// One of them, and the lock on it.
public struct LockedFolder: Sendable {
    public let name: String
    public let folder: Folder
}
