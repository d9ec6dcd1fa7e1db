internal import CLinux
public import Confinement
internal import Glibc
public import SystemPackage

/// Locks the program in, for good: whoever takes it over can name no file outside of `incoming` and `landed`, start no
/// program, connect to nobody and touch no other process. docs/trust.md, "Walls".
///
/// Everything but the system call filter holds for the calling thread and threads started later, so this comes before
/// the first event loop, and after everything that needs a name, a low port or a file from outside.
public struct Walls: Sendable {
    /// Which walls stand, in words.
    public private(set) var standing: [String] = []
    /// Which do not, and why.
    public private(set) var missing: [String] = []

    /// Changes the working directory into the jail; paths are relative to it from then on. `account` is needed when, and
    /// only when, the program runs as root. Beneath the folders `readable` files can still be read, beneath `writable` ones files be written. `connectingOut` leaves
    /// TCP connections open, for FTP's active mode; a process `forOneSession` needs no sockets of IP.
    public init(
        raisedAround jail: FilePath, as account: Account?, reading readable: [FilePath] = [],
        writing writable: [FilePath] = [], connectingOut: Bool = false, forOneSession: Bool = false
    ) throws(WallFailure) {
        try Self.demandSingleThread()
        umask(0o007)
        try WallFailure.check("enter \(jail)", jail.withPlatformString { chdir($0) })
        try changeRootAndUser(account)
        try WallFailure.check("give up new privileges", slipway_no_new_privileges())
        standing.append("no_new_privs: no program could give it rights back")
        try confineFiles(
            isRoot: account != nil, reading: readable, writing: writable, connectingOut: connectingOut)
        try WallFailure.check(
            "install the system call filter",
            forOneSession ? slipway_forbid_system_calls_of_files(false) : slipway_forbid_system_calls())
        standing.append(
            "seccomp: no execve, fork, ptrace, mount, io_uring and such; sockets of this machine and of IP only")
        guard !forOneSession else { return }
        try WallFailure.check("install the list of system calls", slipway_allow_system_calls_of_gateway())
        standing.append("seccomp: of all other system calls, those a gateway needs")
    }

    private mutating func changeRootAndUser(_ account: Account?) throws(WallFailure) {
        guard let account else {
            guard getuid() != 0, geteuid() != 0 else {
                throw WallFailure(step: "serve as root", reason: "name the user to become")
            }
            missing.append("chroot, own user: it was not started as root; it runs as user \(getuid())")
            return
        }
        try WallFailure.check("change the root", chroot("."))
        try WallFailure.check("enter the new root", chdir("/"))
        standing.append("chroot: the jail is its root directory")
        try account.become()
        standing.append("user: it runs as user \(account.user), group \(account.group), for good")
    }

    private mutating func confineFiles(
        isRoot: Bool, reading readable: [FilePath], writing writable: [FilePath], connectingOut: Bool
    ) throws(WallFailure) {
        guard Landlock.version >= 2 else {
            // In a chroot there is nothing else to see. Without, this is the wall.
            guard isRoot else {
                throw WallFailure(step: "use Landlock", reason: "the kernel has none; start it as root")
            }
            missing.append("Landlock: the kernel has none, or one that cannot rename between folders")
            return
        }
        try Landlock.confine(
            to: ["incoming", "landed"] + writable, reading: readable, connectingOut: connectingOut)
        let written = ["incoming", "landed"] + writable.map(\.string)
        let read = readable.map { ", read in \($0)" }.joined()
        standing.append(
            "Landlock \(Landlock.version): files in \(written.joined(separator: ", ")) only\(read); none executed"
                + (connectingOut ? "" : ", nothing connected to"))
        if connectingOut { missing.append("Landlock, connections: active mode is on, so TCP may go out") }
    }

    private static func demandSingleThread() throws(WallFailure) {
        guard let folder = opendir("/proc/self/task") else { return }
        defer { closedir(folder) }
        var names = 0
        while readdir(folder) != nil { names += 1 }
        // With "." and "..".
        guard names <= 3 else {
            throw WallFailure(step: "lock every thread in", reason: "there are \(names - 2) already")
        }
    }
}
