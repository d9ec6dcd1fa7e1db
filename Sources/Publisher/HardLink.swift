internal import DurableFiles
internal import Glibc
internal import SystemPackage

/// Gives a file a second name. Something there already is left as it is: indices go by their hash, so it is the same.
func hardLink(_ file: FilePath, to other: FilePath) throws(FileFailure) {
    guard link(file.string, other.string) != 0, errno != EEXIST else { return }
    throw FileFailure("link to \(other)", file, .system(Errno(rawValue: errno)))
}

/// Sets the time of a file's last change, in Unix seconds: what web servers tell as `Last-Modified`.
func setModificationTime(of file: FilePath, to time: Int64) throws(FileFailure) {
    let times = [timespec(tv_sec: Int(time), tv_nsec: 0), timespec(tv_sec: Int(time), tv_nsec: 0)]
    guard utimensat(AT_FDCWD, file.string, times, AT_SYMLINK_NOFOLLOW) == 0 else {
        throw FileFailure("set the time of", file, .system(Errno(rawValue: errno)))
    }
}

extension Stat {
    /// In Unix seconds.
    var modified: Int64 { Int64(rawValue.st_mtim.tv_sec) }
}
