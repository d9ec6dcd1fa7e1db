internal import Glibc
public import SystemPackage

/// An open file or folder with one owner; closed when the owner lets go of it.
public struct OwnedDescriptor: ~Copyable, Sendable {
    /// Under which path it was opened: for messages only, the file may have moved since.
    public let path: FilePath
    private var raw: FileDescriptor

    public init(taking raw: FileDescriptor, path: FilePath) {
        self.raw = raw
        self.path = path
    }

    /// Opens a file of ours for reading. Links on the way to it are followed, as the admin may have put them there; a
    /// link, a folder or anything else in its own place is refused.
    public init(opening path: FilePath) throws(FileFailure) {
        let place = try Place(path)
        self = try place.folder.openFile(place.name)
    }

    deinit {
        if raw != Self.none { try? raw.close() }
    }

    private static let none = FileDescriptor(rawValue: -1)

    /// The number, for a system call made while the owner still holds it.
    var number: CInt { raw.rawValue }

    /// Lends the descriptor. It must not be closed or kept.
    public borrowing func withRaw<Result, Failure>(
        _ body: (FileDescriptor) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(raw)
    }

    /// Hands the descriptor over to somebody who closes it, such as an event loop.
    public consuming func release() -> FileDescriptor {
        let released = raw
        raw = Self.none
        return released
    }

    /// Closes now, so that an error is seen: on some filesystems `close` is where a failed write is told.
    public consuming func close() throws(FileFailure) {
        let closing = raw.rawValue
        raw = Self.none
        guard Glibc.close(closing) == 0 else { throw FileFailure("close", path, .system(Errno(rawValue: errno))) }
    }

    /// Returns when the bytes and the size are on the disk. A new file's name is not, until its folder is synced.
    public borrowing func sync() throws(FileFailure) {
        try systemCall("sync", path) { fsync(number) }
    }

    public borrowing func status() throws(FileFailure) -> Stat {
        var found = stat()
        try systemCall("look at", path) { fstat(number, &found) }
        return Stat(rawValue: found)
    }

    public borrowing func setPermissions(_ permissions: FilePermissions) throws(FileFailure) {
        try systemCall("set permissions of", path) { fchmod(number, permissions.rawValue) }
    }
}
