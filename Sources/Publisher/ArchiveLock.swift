internal import DurableFiles
internal import SystemPackage

/// Keeps two publishers (the service and an admin's `slipway publish`) from working on one archive at the same time.
///
/// It is an flock(2) on the archive's folder: it leaves no file, and ends with the process.
enum ArchiveLock {
    /// Does `work` alone; returns nil, at once, when somebody else is at it.
    static func holding<Result>(
        _ root: FilePath, _ work: () async throws -> Result
    ) async throws -> Result? {
        try Durably.makeFolders(root)
        let folder = try Folder(opening: root)
        guard try folder.lock(waiting: false) else { return nil }
        // A process that is just being started shares what is open here until it becomes another program: so long the lock
        // would hold if it were only closed.
        defer { try? folder.unlock() }
        return try await work()
    }
}
