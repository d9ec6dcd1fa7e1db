public import DurableFiles
internal import Logging
public import SystemPackage

/// The folders the gateway writes: `incoming`, where each session has a folder of its own, and `landed`, from where the
/// intake takes them.
public struct Jail: Sendable {
    let incoming: Folder
    let landed: Folder
    let threads: DiskThreads
    let groupSync: GroupSync

    /// `path` has both folders already (jail/MANIFEST says with which owners and modes).
    public init(at path: FilePath, threads: DiskThreads) throws(FileFailure) {
        incoming = try Folder(opening: path.appending("incoming"))
        landed = try Folder(opening: path.appending("landed"))
        self.threads = threads
        groupSync = GroupSync(incoming, on: threads)
    }

    /// Hands over what a crash left in `incoming`; at start no session owns anything there. What holds no whole file is
    /// removed. Returns the names that are in `landed` now.
    func handOverLeftovers() async throws -> [String] {
        let (incoming, landed) = (incoming, landed)
        let moved = try await threads.run {
            try incoming.entries().filter { $0.type == .directory }.map(\.name).filter { name in
                try UploadFolder.removeParts(in: incoming.folder(name))
                guard try incoming.folder(name).holdsFile() else {
                    try incoming.removeTree(name)
                    return false
                }
                try incoming.move(name, to: landed, as: name)
                return true
            }
        }
        try await groupSync.sync()
        return moved
    }
}

extension Folder {
    /// Whether a file stands anywhere beneath.
    fileprivate func holdsFile() throws(FileFailure) -> Bool {
        for entry in try entries() {
            guard entry.type == .directory else { return true }
            if try folder(entry.name).holdsFile() { return true }
        }
        return false
    }
}
