internal import DurableFiles
internal import Glibc
internal import SystemPackage

/// Holds a folder for this process alone, until it ends in whatever way.
final class FolderLock: Sendable {
    private let descriptor: OwnedDescriptor

    /// Throws FileFailure with EWOULDBLOCK when another process holds it.
    init(_ path: FilePath) throws(FileFailure) {
        let number = path.withPlatformString { Glibc.open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard number >= 0 else { throw FileFailure("open", path, .system(Errno(rawValue: errno))) }
        descriptor = OwnedDescriptor(taking: FileDescriptor(rawValue: number), path: path)
        guard flock(number, LOCK_EX | LOCK_NB) == 0 else {
            throw FileFailure("lock (another gateway has the jail)", path, .system(Errno(rawValue: errno)))
        }
    }
}
