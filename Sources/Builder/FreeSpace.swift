internal import DurableFiles
internal import Glibc
internal import SystemPackage

/// Room on a filesystem.
enum FreeSpace {
    /// Bytes that are free to an unprivileged user.
    static func bytes(at path: FilePath) throws(FileFailure) -> Int64 {
        var status = statvfs()
        guard path.withPlatformString({ statvfs($0, &status) }) == 0 else {
            throw FileFailure("look at the filesystem of", path, .system(Errno(rawValue: errno)))
        }
        return Int64(status.f_bavail) * Int64(status.f_frsize)
    }
}
