internal import CLinux
internal import Glibc
public import SystemPackage

/// An open folder. What is named beneath it is looked up beneath it: no link is followed and nothing leads out, even
/// when somebody else changes the tree meanwhile.
///
/// Paths beneath are relative and may have several components ("session/hello.dsc"). A path that would leave the folder
/// fails with EXDEV, one through a symbolic link with ELOOP.
public final class Folder: Sendable {
    let descriptor: OwnedDescriptor

    /// Where the folder was opened: for messages and for programs that take a path.
    public var path: FilePath { descriptor.path }

    /// Opens a folder of ours by path. Links in the path are followed: the admin may have put them there.
    public init(opening path: FilePath) throws(FileFailure) {
        let number = try systemCall("open", path) {
            path.withPlatformString { Glibc.open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        }
        descriptor = OwnedDescriptor(taking: FileDescriptor(rawValue: number), path: path)
    }

    init(taking descriptor: consuming OwnedDescriptor) {
        self.descriptor = descriptor
    }

    var number: CInt { descriptor.number }

    /// Opens the folder at `relative`.
    public func folder(_ relative: String) throws(FileFailure) -> Folder {
        Folder(taking: try open(relative, O_RDONLY | O_DIRECTORY))
    }

    /// Opens a file for reading. Anything but a regular file is refused, and opening never waits (for a pipe's writer).
    public func openFile(_ relative: String) throws(FileFailure) -> OwnedDescriptor {
        let file = try open(relative, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)
        guard try file.status().type == .regular else { throw FileFailure("open", file.path, .notARegularFile) }
        return file
    }

    /// Makes a new file, open for writing and reading. Whatever stands there already makes it fail with EEXIST.
    public func createFile(
        _ relative: String, permissions: FilePermissions = .ownerReadWrite
    ) throws(FileFailure) -> OwnedDescriptor {
        try open(relative, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, permissions, operation: "create")
    }

    /// Opens a file for more bytes behind its first `size`; what it has beyond is cut off. Throws when it is no regular
    /// file.
    public func continueFile(_ relative: String, at size: Int64) throws(FileFailure) -> OwnedDescriptor {
        let file = try open(relative, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)
        guard try file.status().type == .regular else { throw FileFailure("open", file.path, .notARegularFile) }
        try systemCall("cut", file.path) { ftruncate(file.number, off_t(size)) }
        try systemCall("go to the end of", file.path) { lseek(file.number, 0, SEEK_END) }
        return file
    }

    /// Makes a new folder and opens it. Its parent must be there; whatever stands there already makes it fail with
    /// EEXIST.
    @discardableResult
    public func makeFolder(
        _ relative: String, permissions: FilePermissions = .ownerReadWriteExecute
    ) throws(FileFailure) -> Folder {
        let (parent, name) = try parent(of: relative)
        try systemCall("make folder", path.appending(relative)) { mkdirat(parent.number, name, permissions.rawValue) }
        return try parent.folder(name)
    }

    /// Opens the folder `relative`, which is made when nothing is there; a link in its place is refused.
    public func ownFolder(_ relative: String) throws(FileFailure) -> Folder {
        do {
            return try makeFolder(relative)
        } catch  where error.alreadyExists {
            return try folder(relative)
        }
    }

    /// The number of the user who owns this very folder. Nobody but root gives a folder away.
    public var owner: UInt32 {
        get throws(FileFailure) { try descriptor.status().rawValue.st_uid }
    }

    /// Gives this very folder to a user and a group: whatever takes its name meanwhile stays as it is.
    public func setOwner(user: UInt32, group: UInt32) throws(FileFailure) {
        try systemCall("give away", path) { fchown(number, user, group) }
    }

    /// Sets the permissions of this very folder; the umask has no say.
    public func setPermissions(_ permissions: FilePermissions) throws(FileFailure) {
        try descriptor.setPermissions(permissions)
    }

    func open(
        _ relative: String, _ flags: CInt, _ permissions: FilePermissions = [], operation: String = "open"
    ) throws(FileFailure) -> OwnedDescriptor {
        let place = path.appending(relative)
        guard !relative.utf8.contains(0) else { throw FileFailure(operation, place, .notAName) }
        let opened = try systemCall(operation, place) {
            slipway_open_beneath(number, relative, flags, permissions.rawValue, false)
        }
        return OwnedDescriptor(taking: FileDescriptor(rawValue: opened), path: place)
    }

    /// The folder that holds the last component, and that component: for calls that know no safe look-up of their own.
    func parent(of relative: String) throws(FileFailure) -> (folder: Folder, name: String) {
        let slash = relative.utf8.lastIndex(of: UInt8(ascii: "/"))
        let name = slash.map { String(relative[relative.utf8.index(after: $0)...]) } ?? relative
        guard name != "", name != ".", name != "..", !name.utf8.contains(0) else {
            throw FileFailure("use", path.appending(relative), .notAName)
        }
        guard let slash else { return (self, name) }
        return (try folder(String(relative[..<slash])), name)
    }
}
