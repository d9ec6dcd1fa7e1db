internal import DurableFiles
internal import Glibc
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
        let folder = try FileDescriptor.open(root, .readOnly, options: [.directory, .closeOnExec])
        defer { try? folder.close() }  // which also unlocks
        guard flock(folder.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            guard errno == EWOULDBLOCK else { throw FileFailure("lock", root, .system(Errno(rawValue: errno))) }
            return nil
        }
        return try await work()
    }
}
