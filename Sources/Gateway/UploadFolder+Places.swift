internal import DurableFiles
internal import FTPProtocol
internal import SystemPackage

extension UploadFolder.State {
    /// Few places are used in a session; another limit than that of the descriptors is not needed.
    private static let openLimit = 4

    mutating func place(for path: VirtualPath, in folder: Folder) throws(FileFailure) -> Folder {
        if let known = made[path] { return known }
        guard path != .root else { return folder }
        try folder.makeFolders(path)
        let opened = try folder.folder(path.description)
        if made.count == Self.openLimit { made = [:] }
        made[path] = opened
        return opened
    }
}

extension VirtualFile {
    /// Beneath the session's folder.
    var place: String { (path.components + [name.description]).joined(separator: "/") }
}

extension Folder {
    func makeFolders(_ path: VirtualPath) throws(FileFailure) {
        var place = ""
        for component in path.components {
            place += place.isEmpty ? component : "/" + component
            do {
                try makeFolder(place, permissions: [.ownerReadWriteExecute, .groupReadWriteExecute])
            } catch  where error.alreadyExists {}
        }
    }
}
