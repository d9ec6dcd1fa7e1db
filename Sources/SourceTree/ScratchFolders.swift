internal import DurableFiles
internal import SystemPackage

/// The folders in which packages are unpacked, one each.
struct ScratchFolders: Sendable {
    private let folders: LockedFolders

    /// Makes the parent when it is missing, and removes what a crash left in it.
    init(in path: FilePath) throws(FileFailure) {
        try Durably.makeFolders(path, permissions: .ownerReadWriteExecute)
        folders = LockedFolders(in: try Folder(opening: path))
        try folders.sweep()
    }

    /// A new folder with the two folders the child knows. It lives until `remove`.
    func make() throws(FileFailure) -> Scratch {
        let scratch = try folders.make()
        for inner in [UnpackRequest.input, UnpackRequest.temporary] { try scratch.folder.makeFolder(inner) }
        return scratch
    }

    func remove(_ scratch: Scratch) throws(FileFailure) { try folders.remove(scratch) }

    func freeBytes() throws(FileFailure) -> Int64 { try folders.freeBytes() }
    func freeInodes() throws(FileFailure) -> Int64 { try folders.freeInodes() }
}

/// One of them.
typealias Scratch = LockedFolder

extension Scratch {
    /// Bytes of a try. A quota of a user's is told by nothing else.
    private static let tried = 1 << 20

    /// Tries whether the disk takes a file more, while what was unpacked is there still.
    var refusesBytes: Bool {
        do throws(FileFailure) {
            try folder.createFile(".tried").write([UInt8](repeating: 0xFF, count: Self.tried))
            return false
        } catch {
            return [.system(.noSpace), .system(.diskQuotaExceeded)].contains(error.reason)
        }
    }
}
