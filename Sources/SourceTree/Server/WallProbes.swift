internal import CLinux
internal import Glibc

/// What somebody who took the child over might try first, tried for real: the tests ask for it.
enum WallProbes {
    static let refused = "refused"
    static let succeeded = "succeeded"

    /// How many there are.
    static let attempts = 18

    static func tryAll() -> [(attempt: String, outcome: String)] {
        [
            outcome("read /etc/passwd", Glibc.open("/etc/passwd", O_RDONLY)),
            outcome("list /root", Glibc.open("/root", O_RDONLY | O_DIRECTORY)),
            outcome("list the folder above", Glibc.open("..", O_RDONLY | O_DIRECTORY)),
            outcome("make a file in /tmp", Glibc.open("/tmp/slipway-probe", O_WRONLY | O_CREAT, 0o600)),
            outcome("make a device", mknod("tmp/device", S_IFCHR | 0o600, 0x103)),
            outcome("make a pipe", mkfifo("tmp/pipe", 0o600)),
            outcome("make a socket's file", mknod("tmp/socket", S_IFSOCK | 0o600, 0)),
            outcome("open an IP socket", socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)),
            outcome("open a local socket", socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)),
            outcome("leave the process group", setsid()),
            outcome("make a namespace", slipway_try_namespace()),
            outcome("signal the parent", kill(getppid(), 0)),
            outcome("signal a thread of the parent", slipway_try_thread_of(getppid())),
            outcome("queue a signal for the parent", sigqueue(getppid(), 0, sigval())),
            outcome("ask for the parent's limits", slipway_try_limits_of(getppid())),
            outcome("make a file here", Glibc.open("tmp/file", O_WRONLY | O_CREAT, 0o600)),
            outcome("make a link here", symlink("/etc/passwd", "tmp/link")),
            outcome("read through that link", Glibc.open("tmp/link", O_RDONLY)),
        ]
    }

    /// The same from inside dpkg-source: lines of `UnpackReport`.
    static let inPerl = """
        $| = 1;
        use Socket;
        sub probe { print "tried\tdpkg-source: $_[0]\t", ($_[1] ? "\(succeeded)" : "\(refused)"), "\n" }
        probe("read /etc/shadow", open(my $shadow, "<", "/etc/shadow"));
        probe("list the folder above", opendir(my $above, ".."));
        probe("write outside", open(my $outside, ">", "../slipway-probe"));
        probe("open an IP socket", socket(my $ip, PF_INET, SOCK_STREAM, 0));
        probe("open a local socket", socket(my $local, PF_UNIX, SOCK_STREAM, 0));
        probe("signal the parent", kill(0, getppid()));
        probe("run what was unpacked", do {
            open(my $script, ">", "tmp/script"); print $script "#!/bin/sh\n"; close($script); chmod(0755, "tmp/script");
            system("./tmp/script") == 0 });
        probe("make a file here", open(my $here, ">", "tmp/perl"));
        probe("run a program of the system", system("/bin/true") == 0);
        """
    static let attemptsInPerl = 9

    private static func outcome(_ attempt: String, _ result: CInt) -> (String, String) {
        (attempt, result < 0 ? refused : succeeded)
    }
}
