internal import DurableFiles
internal import Glibc
internal import SystemPackage

/// The folders in which packages are unpacked, one each. Whoever works in one holds its lock, so that what a crash left
/// is told from what is at work, in this process or another.
struct ScratchFolders: Sendable {
    private let parent: Folder

    /// Makes the parent when it is missing, and removes what a crash left in it.
    init(in path: FilePath) throws(FileFailure) {
        try Durably.makeFolders(path, permissions: .ownerReadWriteExecute)
        parent = try Folder(opening: path)
        try sweep()
    }

    /// A new folder with the three folders the child knows. It lives until `remove`.
    func make() throws(FileFailure) -> Scratch {
        // A lock of its own opening: locks of one opening do not exclude each other.
        let gate = try parent.folder(".")
        _ = try gate.lock(waiting: true)
        let name = String(UInt64.random(in: 0...UInt64.max), radix: 36)
        let folder = try parent.makeFolder(name)
        _ = try folder.lock(waiting: true)
        for inner in [UnpackRequest.input, UnpackRequest.temporary] { try folder.makeFolder(inner) }
        return Scratch(name: name, folder: folder)
    }

    func remove(_ scratch: Scratch) throws(FileFailure) { try parent.removeTree(scratch.name) }

    func freeBytes() throws(FileFailure) -> Int64 { try parent.freeBytes() }

    private func sweep() throws(FileFailure) {
        let gate = try parent.folder(".")
        _ = try gate.lock(waiting: true)
        for entry in try parent.entries() {
            if entry.type == .directory, let folder = try? parent.folder(entry.name) {
                guard try folder.lock(waiting: false) else { continue }
            }
            try parent.removeTree(entry.name)
        }
    }
}

/// One of them, and the lock on it.
struct Scratch: Sendable {
    let name: String
    let folder: Folder
}
