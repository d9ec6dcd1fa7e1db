internal import ArchiveModel
internal import DurableFiles
internal import FTPProtocol
internal import Synchronization
internal import SystemPackage

/// One session's folder, `incoming/<session>/<virtual path>/<file>`. Files grow as `.part-…` beside the first path
/// component and get their name in one rename when they are whole; no name a client may use begins with a dot. The part
/// of a broken transfer stays for the session, which may go on with it.
///
/// A crash leaves the folder in `incoming`; the next start of the gateway hands it over.
final class UploadFolder: Sendable {
    /// What the session has brought so far, also what it has replaced or removed since.
    struct Tally: Sendable, Equatable {
        var files = 0
        var bytes: Int64 = 0
    }

    struct State {
        /// Made for the first file.
        var folder: Folder?
        var tally = Tally()
        /// Of files that are not whole: the names of their parts.
        var parts: [VirtualFile: String] = [:]
        /// Also those that were given up since: what a session leaves on the disk has a limit with them.
        var partsMade = 0
        /// Folders that are there, for sure: made for an earlier file, and held open for the next.
        var made: [VirtualPath: Folder] = [:]
        /// Whether files were taken away again: perhaps the last one.
        var hasRemoved = false
        /// Whether a part may be left that nobody continues.
        var hasStrayParts = false
        var isDurable = true
    }

    private static let folderMode: FilePermissions = [.ownerReadWriteExecute, .groupReadWriteExecute]
    private static let fileMode: FilePermissions = [.ownerReadWrite, .groupReadWrite]
    static let partPrefix = ".part-"

    let name: SessionName
    let jail: Jail
    /// From where the client came, for the log of commands; nil where nobody knows.
    private let client: ClientAddress?
    private let fileLimit: Int
    let state = Mutex(State())
    /// Rounds of `Jail.groupSync` that had failed when the session began.
    let syncFailures: Int

    /// No more than `fileLimit` files are begun, whether they become whole or not.
    init(_ name: SessionName, in jail: Jail, from client: ClientAddress? = nil, fileLimit: Int = .max) {
        self.name = name
        self.client = client
        self.jail = jail
        self.fileLimit = fileLimit
        syncFailures = jail.groupSync.failures
    }

    deinit { jail.inUse.remove(name.description) }

    var tally: Tally { state.withLock { $0.tally } }

    /// Of the disk that the jail is on.
    func freeBytes() throws(FileFailure) -> Int64 { try jail.incoming.freeBytes() }

    /// Begins a file, or goes on with it. Blocks; for a disk thread. Throws StoreFailure when less is there than is to
    /// be kept, or too many files were begun, and FileFailure: EEXIST and ENOTDIR when a file has the name of a folder
    /// that is needed.
    func beginFile(_ file: VirtualFile, from beginning: FTPSession.Beginning) throws -> IncomingFile {
        try state.withLock { state in
            let folder = try state.folder ?? makeFolder()
            state.folder = folder
            let place = try state.place(for: file.path, in: folder)
            guard let (part, offset) = try takeUp(file, from: beginning, in: folder, &state) else {
                let part = try nextPart(&state)
                let descriptor = try folder.createFile(part, permissions: Self.fileMode)
                return IncomingFile(descriptor, part: part, offset: 0, file, from: folder, to: place)
            }
            let descriptor = try folder.continueFile(part, at: offset)
            return IncomingFile(descriptor, part: part, offset: offset, file, from: folder, to: place)
        }
    }

    private func makeFolder() throws(FileFailure) -> Folder {
        jail.inUse.insert(name.description)
        return try jail.incoming.makeFolder(name.description, permissions: Self.folderMode)
    }

    private func nextPart(_ state: inout State) throws(StoreFailure) -> String {
        try countOneMore(&state)
        return Self.partPrefix + String(state.partsMade)
    }

    /// Each file that is begun, and each move to another place, may make folders.
    func countOneMore(_ state: inout State) throws(StoreFailure) {
        guard state.partsMade < fileLimit else { throw .sessionFull }
        state.partsMade += 1
    }

    /// The part to go on with, and how much of it is kept. A whole file becomes a part again; nil begins anew.
    private func takeUp(
        _ file: VirtualFile, from beginning: FTPSession.Beginning, in folder: Folder, _ state: inout State
    ) throws -> (part: String, offset: Int64)? {
        let broken = state.parts[file]
        guard beginning != .start else {
            if let broken { try folder.remove(broken) }
            state.parts[file] = nil
            return nil
        }
        let there = try folder.status(of: broken ?? file.place)
        guard let offset = beginning.offset(in: there?.size ?? 0) else {
            throw StoreFailure.nothingThere(size: there?.size ?? 0)
        }
        guard there != nil else { return nil }
        let part = try broken ?? nextPart(&state)
        if broken == nil { try folder.move(file.place, to: part) }
        state.parts[file] = nil
        return (part, offset)
    }

    /// Gives the file its name; one of that name is replaced. Blocks; for a disk thread.
    func keep(_ file: IncomingFile, received: Int64) throws {
        if file.file.isOfCommands, let folder = state.withLock({ $0.folder }) { try folder.note(client) }
        try file.name()
        state.withLock { state in
            state.tally.files += 1
            state.tally.bytes += received
            state.isDurable = false
        }
    }

    /// Removes what a transfer has left, for good. Blocks; for a disk thread.
    func discard(_ file: IncomingFile) {
        guard !file.removePart() else { return }
        state.withLock { $0.hasStrayParts = true }
    }

    /// After a transfer that broke: what came stays, for REST. Blocks; for a disk thread.
    func keepPart(_ file: IncomingFile, received: Int64) {
        state.withLock { state in
            state.tally.bytes += received
            state.parts[file.file] = file.part
        }
    }
}

extension FTPSession.Beginning {
    /// Nil where that much is not there.
    fileprivate func offset(in size: Int64) -> Int64? {
        switch self {
        case .offset(let offset): offset <= size ? offset : nil
        case .end: size
        }
    }
}
