internal import CLinux
internal import Glibc
public import SystemPackage

/// The walls around the process that starts children which work on a stranger's bytes. It reads none of them itself:
/// these are what every child has in common, and each raises its own (`ChildWalls`) inside of them.
public struct ServerWalls: Sendable {
    /// Where the children's folders are: nothing can be written elsewhere.
    public var folder: FilePath
    public var executable: [FilePath]

    public init(folder: FilePath, executable: [FilePath]) {
        self.folder = folder
        self.executable = executable
    }

    public func raise() throws(WallFailure) {
        try WallFailure.check("give up new privileges", slipway_no_new_privileges())
        guard Landlock.version >= 2 else { throw WallFailure(step: "use Landlock", reason: "the kernel has none") }
        try Landlock.confine(toTreesBeneath: folder, executing: executable, writing: "/dev/null")
        try WallFailure.check("install the system call filter", slipway_forbid_system_calls_of_unpack_server())
    }
}
