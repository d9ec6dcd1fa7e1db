internal import ArchiveModel
internal import DurableFiles
internal import FTPProtocol
internal import Glibc
internal import SFTPProtocol
internal import SystemPackage

/// `incoming/<session>` of an SFTP session, which has a process of its own beside the gateway's. The lock says that the
/// session lives: the gateway hands over only what nobody holds.
///
/// Files grow as `.part-…` in it, written by OpenSSH's sftp-server, and get their name in one rename.
final class SessionFolder {
    let name: SessionName
    private let incoming: Folder
    private let landed: Folder
    private let folder: Folder
    private let lock: FolderLock
    private let client: ClientAddress?
    private(set) var files = 0
    private var isDurable = true

    private static let folderMode: FilePermissions = [.ownerReadWriteExecute, .groupReadWriteExecute]

    /// The working directory is the jail.
    init(of person: OwnerName?, from client: ClientAddress? = nil) throws(FileFailure) {
        self.client = client
        name = SessionName(of: person)
        incoming = try Folder(opening: "incoming")
        landed = try Folder(opening: "landed")
        folder = try incoming.makeFolder(name.description, permissions: Self.folderMode)
        lock = try FolderLock(folder.path)
    }

    var path: FilePath { folder.path }

    func freeBytes() throws(FileFailure) -> Int64 { try incoming.freeBytes() }

    func keep(_ part: String, at place: VirtualFile) throws(FileFailure) {
        if place.isOfCommands { try folder.note(client) }
        try move(part, to: place)
        files += 1
    }

    func move(_ from: String, to place: VirtualFile) throws(FileFailure) {
        try folder.makeFolders(place.path)
        try folder.move(from, to: place.relative, replacing: true)
        isDurable = false
    }

    func remove(_ relative: String) throws(FileFailure) { try folder.remove(relative) }

    /// Returns when every file kept so far survives a power cut.
    func makeDurable() throws(FileFailure) {
        guard !isDurable else { return }
        try incoming.syncFilesystem()
        isDurable = true
    }

    /// Hands the folder over to the intake in one rename, or removes it when no file is in it. Returns whether it is in
    /// `landed` now.
    func land() throws -> Bool {
        try UploadFolder.removeParts(in: folder)
        guard files > 0, try folder.holdsFile() else {
            try incoming.removeTree(name.description)
            return false
        }
        try makeDurable()
        try incoming.move(name.description, to: landed, as: name.description)
        try incoming.syncFilesystem()
        return true
    }
}

extension VirtualFile {
    var relative: String { (path.components + [name.description]).joined(separator: "/") }
}
