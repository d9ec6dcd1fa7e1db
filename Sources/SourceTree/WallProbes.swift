internal import CLinux
internal import Glibc

/// What somebody who took the child over might try first, tried for real: the tests ask for it.
enum WallProbes {
    static let refused = "refused"
    static let succeeded = "succeeded"

    /// How many there are.
    static let attempts = 14

    static func tryAll() -> [(attempt: String, outcome: String)] {
        [
            outcome("read /etc/passwd", Glibc.open("/etc/passwd", O_RDONLY)),
            outcome("list /root", Glibc.open("/root", O_RDONLY | O_DIRECTORY)),
            outcome("list the folder above", Glibc.open("..", O_RDONLY | O_DIRECTORY)),
            outcome("make a file in /tmp", Glibc.open("/tmp/slipway-probe", O_WRONLY | O_CREAT, 0o600)),
            outcome("make a device", mknod("tmp/device", S_IFCHR | 0o600, 0x103)),
            outcome("make a pipe", mkfifo("tmp/pipe", 0o600)),
            outcome("open an IP socket", socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)),
            outcome("open a local socket", socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)),
            outcome("leave the process group", setsid()),
            outcome("make a namespace", slipway_try_namespace()),
            outcome("signal the parent", kill(getppid(), 0)),
            outcome("make a file here", Glibc.open("tmp/file", O_WRONLY | O_CREAT, 0o600)),
            outcome("make a link here", symlink("/etc/passwd", "tmp/link")),
            outcome("read through that link", Glibc.open("tmp/link", O_RDONLY)),
        ]
    }

    private static func outcome(_ attempt: String, _ result: CInt) -> (String, String) {
        (attempt, result < 0 ? refused : succeeded)
    }
}
