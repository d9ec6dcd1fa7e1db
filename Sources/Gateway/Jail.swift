public import DurableFiles
internal import Glibc
public import SystemPackage

/// The folders the gateway writes: `incoming`, where each session has a folder of its own, and `landed`, from where the
/// intake takes them. One gateway at a time has a jail: another would hand over its sessions under way.
public struct Jail: Sendable {
    let incoming: Folder
    let landed: Folder
    let threads: DiskThreads
    let groupSync: GroupSync
    let inUse = FoldersInUse()
    private let lock: FolderLock

    /// `path` has both folders already (jail/MANIFEST says with which owners and modes).
    public init(at path: FilePath, threads: DiskThreads) throws(FileFailure) {
        try Self.demandWritable(path.appending("incoming"))
        try Self.demandWritable(path.appending("landed"))
        lock = try FolderLock(path.appending("incoming"))
        incoming = try Folder(opening: path.appending("incoming"))
        landed = try Folder(opening: path.appending("landed"))
        self.threads = threads
        groupSync = GroupSync(incoming) { try await threads.run($0) }
    }

    /// A mistake in the owners is told at start, not to the first uploader.
    private static func demandWritable(_ folder: FilePath) throws(FileFailure) {
        guard folder.withPlatformString({ access($0, R_OK | W_OK | X_OK) }) == 0 else {
            throw FileFailure("write in (see jail/MANIFEST)", folder, .system(Errno(rawValue: errno)))
        }
    }

    /// Hands over what a crash left in `incoming`, if it has not been changed for this long; at start only SFTP sessions,
    /// each with a lock on its folder, own anything there. What holds no whole file is removed. Returns the names that are in
    /// `landed` now; `report` is told of a folder that stays where it is, which does not keep the others back.
    func handOverLeftovers(
        unchangedFor age: Duration, report: @escaping @Sendable (String, any Error) -> Void
    ) async throws -> [String] {
        let failures = groupSync.failures
        let limit = secondsSince1970() - age.components.seconds
        let moved = try await threads.run {
            try incoming.entries().filter { $0.type == .directory }.map(\.name).filter { name in
                do {
                    return try handOver(name, unchangedSince: limit)
                } catch {
                    report(name, error)
                    return false
                }
            }
        }
        try await groupSync.sync(since: failures)
        return moved
    }

    private func handOver(_ name: String, unchangedSince limit: Int64) throws -> Bool {
        // Whatever a clock that jumps says of its age.
        guard !inUse.contains(name) else { return false }
        guard let status = try incoming.status(of: name), status.st_mtim.tv_sec <= limit else { return false }
        guard let lock = try? FolderLock(incoming.path.appending(name)) else { return false }
        defer { withExtendedLifetime(lock) {} }
        try UploadFolder.removeParts(in: incoming.folder(name))
        guard try incoming.folder(name).holdsFile() else {
            try incoming.removeTree(name)
            return false
        }
        try incoming.move(name, to: landed, as: name)
        return true
    }
}
