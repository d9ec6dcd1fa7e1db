internal import CLinux
internal import Glibc
public import SystemPackage

/// The walls around a child that works on a stranger's bytes, raised by itself before it looks at the first of them.
///
/// It and every program it starts may write beneath one folder, read a few, and have no network, no other process's
/// memory, no way to more rights; and it dies with its parent.
public struct ChildWalls: Sendable {
    /// The only folder that can be written to.
    public var folder: FilePath
    /// Where programs are, and what they load.
    public var executable: [FilePath]
    public var readable: [FilePath]
    /// Descriptors of files that may be opened once more, by their names in /proc/self/fd.
    public var opened: [CInt]
    public var limits: ChildLimits

    public init(
        folder: FilePath, executable: [FilePath], readable: [FilePath], opened: [CInt], limits: ChildLimits
    ) {
        self.folder = folder
        self.executable = executable
        self.readable = readable
        self.opened = opened
        self.limits = limits
    }

    /// - Parameter parent: the process that started us; when it is gone already, there is nobody to work for.
    public func raise(diesWith parent: Int32) throws(WallFailure) {
        try WallFailure.check("tie its life to its parent's", slipway_die_with_parent())
        guard getppid() == parent else { throw WallFailure(step: "work for \(parent)", reason: "it is gone") }
        umask(0o022)
        try limits.apply()
        try WallFailure.check("give up new privileges", slipway_no_new_privileges())
        guard Landlock.version >= 2 else { throw WallFailure(step: "use Landlock", reason: "the kernel has none") }
        try Landlock.confine(
            toTreeBeneath: folder, executing: executable, reading: readable, readingOpened: opened,
            writing: "/dev/null")
        try WallFailure.check("install the system call filter", slipway_forbid_system_calls_of_unpacking())
    }
}
