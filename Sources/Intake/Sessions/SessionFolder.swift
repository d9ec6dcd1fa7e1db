internal import ArchiveModel
internal import DebianControl
internal import DurableFiles
internal import Glibc
internal import SystemPackage

/// A session's folder, open: it stays readable through this value when it is moved on.
struct SessionFolder: Sendable {
    let name: FileName
    let stage: Spool.Stage
    let folder: Folder

    /// Whoever a door has proven to be sending: the name stands behind "~" in the session's, where only the door that makes the
    /// folder puts it, and the folder is owned by the user that this door runs as.
    func sender(by door: UInt32?) throws -> OwnerName? {
        guard let door, let mark = name.description.firstIndex(of: "~"), try folder.owner == door else { return nil }
        return OwnerName(String(name.description[name.description.index(after: mark)...]))
    }

    /// From where the client came, as the gateway wrote it down; nil where it did not.
    var client: ClientAddress? {
        let bytes = try? folder.openFile(ClientAddress.fileName).readAll(limit: ClientAddress.longest)
        return bytes.flatMap { String(validating: $0, as: UTF8.self) }.flatMap { ClientAddress($0) }
    }

    /// A file of the session.
    func place(_ path: UploadPath) -> FilePlace { FilePlace(folder: folder, path: path.description) }

    /// What lies in the session, as far as its names are names: a file under way begins with a dot, and is none.
    func contents() throws -> SessionContents {
        var contents = SessionContents()
        try collect(folder, TargetPath.root, depth: 0, into: &contents)
        return contents
    }

    /// How much there is in it, of the files that have names.
    func extent() throws -> SessionExtent {
        let contents = try contents()
        return try (contents.uploads + contents.others).reduce(into: SessionExtent()) { extent, path in
            guard let status = try folder.status(of: path.description) else { return }
            extent.add(SessionExtent(files: 1, bytes: Int64(status.rawValue.st_size)))
        }
    }

    private func collect(
        _ folder: Folder, _ directory: TargetPath, depth: Int, into contents: inout SessionContents
    ) throws {
        for entry in try folder.entries() {
            switch entry.type {
            case .regular:
                guard let name = FileName(entry.name) else { continue }
                contents.add(UploadPath(directory: directory, name: name), of: self.name)
            case .directory where depth < TargetPath.componentLimit:
                guard let below = directory.appending(component: entry.name) else { continue }
                do {
                    try collect(try folder.folder(entry.name), below, depth: depth + 1, into: &contents)
                } catch let failure as FileFailure where failure.isMissing {
                    // The session is being removed: what is gone is not in it.
                    continue
                }
            default:
                continue
            }
        }
    }
}

/// What a session takes on the disk.
struct SessionExtent: Sendable {
    var files = 0
    var bytes: Int64 = 0

    mutating func add(_ other: SessionExtent) {
        files += other.files
        bytes += other.bytes
    }
}

/// The files of a session.
struct SessionContents: Sendable {
    /// `.changes`, command files and mails, in the order they are judged: `_source` first, as the others may need it.
    private(set) var uploads: [UploadPath] = []
    private(set) var others: [UploadPath] = []

    var directories: Set<TargetPath> { Set((uploads + others).map(\.directory)) }

    mutating func add(_ path: UploadPath, of session: FileName) {
        guard path.isUpload || path.isMail(in: session) else { return others.append(path) }
        let place = path.isSourceChanges ? uploads.firstIndex { !$0.isSourceChanges } : nil
        uploads.insert(path, at: place ?? uploads.endIndex)
    }
}

extension UploadPath {
    /// It completes an upload: a `.changes` or a command file.
    var isUpload: Bool {
        switch NamedUploadFile(name).kind {
        case .changes, .commands, .dakCommands: true
        default: false
        }
    }

    var isSourceChanges: Bool { name.description.hasSuffix("_source.changes") }
}

extension TargetPath {
    static let root = TargetPath("")!

    func appending(component: String) -> TargetPath? {
        TargetPath(description.isEmpty ? component : "\(description)/\(component)")
    }
}

/// A file beneath an open folder.
struct FilePlace: Sendable {
    let folder: Folder
    let path: String

    func open() throws -> OwnedDescriptor { try folder.openFile(path) }

    func read(limit: Int) throws -> [UInt8] { try open().readAll(limit: limit) }
}
