internal import CLinux
internal import Glibc
internal import SystemPackage

extension Folder {
    /// Gives a file or folder another name beneath this folder, in one step. Whatever stands there already makes it
    /// fail with EEXIST, unless `replacing`: then a file there is replaced.
    public func move(_ from: String, to: String, replacing: Bool = false) throws(FileFailure) {
        try move(from, to: self, as: to, replacing: replacing)
    }

    /// Moves into another folder of the same filesystem, in one step.
    public func move(
        _ from: String, to other: Folder, as to: String, replacing: Bool = false
    ) throws(FileFailure) {
        let source = try parent(of: from)
        let target = try other.parent(of: to)
        let (a, b) = (source.folder.number, target.folder.number)
        try systemCall("move to \(other.path.appending(to))", path.appending(from)) {
            replacing ? renameat(a, source.name, b, target.name) : slipway_rename_new(a, source.name, b, target.name)
        }
    }

    /// As `move`, and returns when the change survives a power cut. A crash before leaves the old name.
    public func moveDurably(_ from: String, to: String, replacing: Bool = false) throws(FileFailure) {
        let source = try parent(of: from)
        let target = try parent(of: to)
        try source.folder.move(source.name, to: target.folder, as: target.name, replacing: replacing)
        try target.folder.sync()
        try source.folder.sync()
    }

    /// Removes a file or a link; not a folder.
    public func remove(_ relative: String) throws(FileFailure) {
        let (parent, name) = try parent(of: relative)
        try systemCall("remove", path.appending(relative)) { unlinkat(parent.number, name, 0) }
    }

    /// Removes an empty folder.
    public func removeFolder(_ relative: String) throws(FileFailure) {
        let (parent, name) = try parent(of: relative)
        try systemCall("remove folder", path.appending(relative)) { unlinkat(parent.number, name, AT_REMOVEDIR) }
    }

    /// Sets when a file was modified last, in seconds since 1970. A link is not followed.
    public func setModificationTime(of relative: String, seconds: Int64) throws(FileFailure) {
        let (parent, name) = try parent(of: relative)
        let omit = (1 << 30) - 2  // UTIME_OMIT: when it was read last is left as it is
        let times = [timespec(tv_sec: 0, tv_nsec: omit), timespec(tv_sec: time_t(seconds), tv_nsec: 0)]
        try systemCall("date", path.appending(relative)) {
            utimensat(parent.number, name, times, AT_SYMLINK_NOFOLLOW)
        }
    }

    /// Returns when the names in this folder are on the disk as they are now.
    public func sync() throws(FileFailure) { try descriptor.sync() }

    /// Bytes of this folder's filesystem that are free to an unprivileged user.
    public func freeBytes() throws(FileFailure) -> Int64 {
        var status = statvfs()
        try systemCall("look at the filesystem of", path) { fstatvfs(number, &status) }
        return Int64(status.f_bavail) * Int64(status.f_frsize)
    }

    /// Files that an unprivileged user may make in this folder's filesystem; `.max` where it does not count them (btrfs).
    public func freeInodes() throws(FileFailure) -> Int64 {
        var status = statvfs()
        try systemCall("look at the filesystem of", path) { fstatvfs(number, &status) }
        return status.f_files == 0 ? .max : Int64(clamping: status.f_favail)
    }

    /// Returns when everything written to this folder's filesystem so far is on the disk. Since Linux 5.8 it also tells
    /// of bytes that could not be written.
    public func syncFilesystem() throws(FileFailure) {
        try systemCall("sync filesystem of", path) { slipway_syncfs(number) }
    }
}
