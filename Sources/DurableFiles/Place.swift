internal import SystemPackage

/// A path taken apart: the open folder it stands in, and its name there.
struct Place {
    let folder: Folder
    let name: String

    init(_ path: FilePath) throws(FileFailure) {
        name = try Self.name(of: path)
        folder = try Folder(opening: Self.folder(of: path))
    }

    /// Also makes the folders that are missing.
    init(_ path: FilePath, makingFolders permissions: FilePermissions, sync: SyncTime) throws(FileFailure) {
        name = try Self.name(of: path)
        try Durably.makeFolders(Self.folder(of: path), permissions: permissions, sync: sync)
        folder = try Folder(opening: Self.folder(of: path))
    }

    private static func name(of path: FilePath) throws(FileFailure) -> String {
        guard let last = path.lastComponent, last.kind == .regular, let name = String(validating: last) else {
            throw FileFailure("use", path, .notAName)
        }
        return name
    }

    private static func folder(of path: FilePath) -> FilePath {
        let parent = path.removingLastComponent()
        return parent.isEmpty ? "." : parent
    }
}
