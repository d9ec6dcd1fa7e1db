internal import CLinux
public import Confinement
internal import Glibc
public import SystemPackage

/// What `slipway-gateway sftp-files FOLDER` does: it locks itself into the folder, and becomes OpenSSH's sftp-server.
public enum FileServerConfinement {
    public static let subcommand = FileServer.subcommand
    static let program: FilePath = "/usr/lib/openssh/sftp-server"

    /// A program needs its libraries, and this one the name of its user.
    private static let read: [FilePath] = [
        "/usr/lib", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/passwd", "/etc/nsswitch.conf",
    ]
    /// The program, and what loads it: Landlock asks for both.
    private static let executed: [FilePath] = [
        program, "/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1",
    ]

    /// - Throws: what could not be done; otherwise it does not return.
    public static func becomeServer(in folder: FilePath) throws(WallFailure) -> Never {
        try WallFailure.check("enter \(folder)", folder.withPlatformString { chdir($0) })
        try WallFailure.check("give up new privileges", slipway_no_new_privileges())
        guard Landlock.version >= 2 else { throw WallFailure(step: "use Landlock", reason: "the kernel has none") }
        try Landlock.confine(
            toFilesBeneath: ".", reading: read + ["/dev/null"], executing: executed, writing: "/dev/null")
        try WallFailure.check("install the system call filter", slipway_forbid_system_calls_of_files(true))
        // -e would log to the client; without, to the system's log. Requests that are no part of an upload are refused
        // by the server itself, too.
        let words = ["sftp-server", "-l", "ERROR", "-u", "007", "-p", "open,close,write,fsetstat"]
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] = [nil]
        _ = program.withPlatformString { execve($0, &arguments, &environment) }
        throw WallFailure(step: "run \(program)", reason: String(cString: strerror(errno)))
    }
}
