internal import DurableFiles
internal import FTPProtocol
internal import Synchronization
internal import SystemPackage

/// One session's folder, `incoming/<session>/<virtual path>/<file>`. Files grow as `.part-…` beside the first path
/// component and get their name in one rename when they are whole; no name a client may use begins with a dot.
///
/// A crash leaves the folder in `incoming`; the next start of the gateway hands it over.
final class UploadFolder: Sendable {
    /// What the session has brought so far.
    struct Tally: Sendable, Equatable {
        var files = 0
        var bytes: Int64 = 0
    }

    private struct State {
        var folder: Folder?
        var tally = Tally()
        var parts = 0
        var isDurable = true
    }

    private static let folderMode: FilePermissions = [.ownerReadWriteExecute, .groupReadWriteExecute]
    private static let fileMode: FilePermissions = [.ownerReadWrite, .groupReadWrite]
    private static let partPrefix = ".part-"

    let name: SessionName
    private let jail: Jail
    private let state = Mutex(State())

    init(_ name: SessionName, in jail: Jail) {
        self.name = name
        self.jail = jail
    }

    var tally: Tally { state.withLock { $0.tally } }

    /// Of the disk that the jail is on.
    func freeBytes() throws(FileFailure) -> Int64 { try jail.incoming.freeBytes() }

    /// Begins a file. Blocks; for a disk thread. Throws FileFailure: EEXIST and ENOTDIR when a file has the name of a
    /// folder that is needed.
    func beginFile(_ name: UploadName, at path: VirtualPath) throws -> IncomingFile {
        try state.withLock { state in
            let folder =
                try state.folder ?? jail.incoming.makeFolder(self.name.description, permissions: Self.folderMode)
            state.folder = folder
            state.parts += 1
            try folder.makeFolders(path, permissions: Self.folderMode)
            let part = Self.partPrefix + String(state.parts)
            let file = try folder.createFile(part, permissions: Self.fileMode)
            let place = (path.components + [name.description]).joined(separator: "/")
            return IncomingFile(file, part: part, place: place, in: folder)
        }
    }

    /// Gives the file its name; one of that name is replaced. Blocks; for a disk thread.
    func keep(_ file: IncomingFile, size: Int64) throws {
        try file.name()
        state.withLock { state in
            state.tally.files += 1
            state.tally.bytes += size
            state.isDurable = false
        }
    }

    /// Returns when every file kept so far survives a power cut.
    func makeDurable() async throws {
        guard state.withLock({ !$0.isDurable }) else { return }
        try await jail.groupSync.sync()
        state.withLock { $0.isDurable = true }
    }

    /// Hands the folder over to the intake in one rename, or removes it when no file was kept. Nothing else may use the
    /// folder any more. Returns whether it is in `landed` now.
    func land() async throws -> Bool {
        guard let folder = state.withLock({ $0.folder }) else { return false }
        let (name, incoming, landed) = (name.description, jail.incoming, jail.landed)
        guard tally.files > 0 else {
            try await jail.threads.run { try incoming.removeTree(name) }
            return false
        }
        try await makeDurable()
        try await jail.threads.run {
            try Self.removeParts(in: folder)
            try incoming.move(name, to: landed, as: name)
        }
        try await jail.groupSync.sync()
        return true
    }

    /// Removes what a transfer cut short has left.
    static func removeParts(in folder: Folder) throws {
        for entry in try folder.entries() where entry.name.hasPrefix(partPrefix) { try folder.remove(entry.name) }
    }
}

extension Folder {
    fileprivate func makeFolders(_ path: VirtualPath, permissions: FilePermissions) throws(FileFailure) {
        var place = ""
        for component in path.components {
            place += place.isEmpty ? component : "/" + component
            do {
                try makeFolder(place, permissions: permissions)
            } catch  where error.alreadyExists {}
        }
    }
}
