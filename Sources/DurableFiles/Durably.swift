public import SystemPackage

/// When a change is forced to the disk.
public enum SyncTime: Sendable {
    /// Before the call returns.
    case each
    /// With the caller's next `Durably.syncFilesystem`: one wait for many files. Until then a power cut may undo it, or
    /// leave a name without its bytes.
    case later
}

/// Changes of our own files, by path. Each returns only when the change survives a power cut, unless told `.later`.
public enum Durably {
    /// Puts a file in place under its name, at once and complete: a reader sees the old bytes or all of the new ones.
    ///
    /// A crash leaves the old file, and perhaps a temporary one beside it, which `sweepTemporary` removes.
    public static func write(
        _ bytes: [UInt8], to path: FilePath, permissions: FilePermissions = .worldReadable, sync: SyncTime = .each
    ) throws(FileFailure) {
        try write(pieces: [bytes], to: path, permissions: permissions, sync: sync)
    }

    /// As `write`, of pieces one after the other.
    public static func write(
        pieces: [[UInt8]], to path: FilePath, permissions: FilePermissions = .worldReadable, sync: SyncTime = .each
    ) throws(FileFailure) {
        try replace(path, permissions: permissions, sync: sync) { file throws(FileFailure) in
            for piece in pieces { try file.write(piece) }
        }
    }

    /// Moves a file or folder within one filesystem. Fails with `isMissing` when `from` is not there, and with
    /// `alreadyExists` when something is at `to` (unless `replacing`). A crash leaves the old name or the new one.
    public static func move(
        _ from: FilePath, to: FilePath, replacing: Bool = false
    ) throws(FileFailure) {
        let (source, target) = (try Place(from), try Place(to))
        try source.folder.move(source.name, to: target.folder, as: target.name, replacing: replacing)
        try target.folder.sync()
        try source.folder.sync()
    }

    /// Lets two files or folders change places in one step. Both must be there.
    public static func exchange(_ one: FilePath, _ other: FilePath) throws(FileFailure) {
        let (a, b) = (try Place(one), try Place(other))
        try a.folder.exchange(a.name, with: b.name, in: b.folder)
        try a.folder.sync()
        try b.folder.sync()
    }

    /// Makes the folder and those above it that are missing. One that is there already stays as it is.
    public static func makeFolders(
        _ path: FilePath, permissions: FilePermissions = .publicFolder, sync: SyncTime = .each
    ) throws(FileFailure) {
        do {
            _ = try Folder(opening: path)
        } catch  where error.isMissing {
            let place = try Place(path, makingFolders: permissions, sync: sync)
            do {
                try place.folder.makeFolder(place.name, permissions: permissions)
            } catch  where error.alreadyExists {}  // made by somebody else meanwhile
            if sync == .each { try place.folder.sync() }
        }
    }

    /// Removes a file, a link, or a folder with everything beneath it, following no link. Nothing there is no failure.
    public static func removeTree(_ path: FilePath) throws(FileFailure) {
        let place = try Place(path)
        try place.folder.removeTree(place.name)
        try place.folder.sync()
    }

    /// Returns when the names in this folder are on the disk as they are now.
    public static func syncFolder(_ path: FilePath) throws(FileFailure) {
        try Folder(opening: path).sync()
    }

    /// Returns when everything written so far to the filesystem that holds this folder is on the disk.
    public static func syncFilesystem(_ folder: FilePath) throws(FileFailure) {
        try Folder(opening: folder).syncFilesystem()
    }
}

extension FilePermissions {
    /// 0644: what apt and web servers may read.
    public static let worldReadable: FilePermissions = [.ownerReadWrite, .groupRead, .otherRead]
    /// 0755: a folder that everybody may look into.
    public static let publicFolder: FilePermissions = [.ownerReadWriteExecute, .groupReadExecute, .otherReadExecute]
}
