internal import CLinux
internal import Confinement
internal import Glibc

/// What somebody who took the gateway over might try first, tried for real.
public struct WallProbe: Sendable, CustomStringConvertible {
    public enum Outcome: Equatable, Sendable {
        /// With the system's reason.
        case refused(String)
        case succeeded
        /// The wall that would refuse it is not there on this machine, or it cannot be tried.
        case untried(String)
    }

    public let attempt: String
    public let outcome: Outcome

    public var description: String {
        switch outcome {
        case .refused(let reason): "holds: \(attempt): \(reason)"
        case .succeeded: "OPEN:  \(attempt)"
        case .untried(let reason): "-:     \(attempt): \(reason)"
        }
    }

    /// Tries everything. `listener` is a socket of ours that listens on TCP, to connect to; nil where connecting out is
    /// allowed.
    public static func tryAll(listener: ListeningSocket?) -> [WallProbe] {
        [
            WallProbe("read /etc/passwd", Glibc.open("/etc/passwd", O_RDONLY)),
            WallProbe("read /proc/self/environ", Glibc.open("/proc/self/environ", O_RDONLY)),
            WallProbe("list the folder above the jail", Glibc.open("..", O_RDONLY | O_DIRECTORY), unless: isAtRoot),
            WallProbe("make a file in /tmp", Glibc.open("/tmp/slipway-probe", O_WRONLY | O_CREAT, 0o600)),
            WallProbe("make a file in the jail itself", Glibc.open("slipway-probe", O_WRONLY | O_CREAT, 0o600)),
            WallProbe("make a link in incoming", symlink("/etc/passwd", "incoming/slipway-probe")),
            // No such program: with the filter it is refused before that is seen, without it nothing runs.
            WallProbe("run a program", tryExecute(), mustBe: EPERM),
            WallProbe("become root", setuid(0), mustBe: EPERM),
            WallProbe("trace a process", slipway_try_ptrace()),
            WallProbe("send a signal", kill(getppid(), 0)),
            WallProbe("use io_uring", slipway_try_io_uring()),
            WallProbe("watch a folder", inotify_init1(0), mustBe: EPERM),
            WallProbe("open a raw socket", socket(AF_PACKET, CInt(SOCK_RAW.rawValue), 0), mustBe: EPERM),
            connecting(to: listener),
        ]
    }

    private static func connecting(to listener: ListeningSocket?) -> WallProbe {
        guard let listener else {
            return WallProbe(attempt: "connect out", outcome: .untried("active mode needs it"))
        }
        guard Landlock.version >= 4 else {
            return WallProbe(attempt: "connect out", outcome: .untried("Landlock before version 4 cannot refuse it"))
        }
        return WallProbe("connect out", listener.tryToConnect())
    }

    private init(attempt: String, outcome: Outcome) {
        self.attempt = attempt
        self.outcome = outcome
    }

    private init(_ attempt: String, _ result: CInt, mustBe expected: CInt? = nil, unless isHarmless: Bool = false) {
        let reason = errno
        let isRefused = result < 0 && (expected == nil || expected == reason)
        self.attempt = attempt
        outcome =
            isHarmless
            ? .untried("the jail is the root") : isRefused ? .refused(String(cString: strerror(reason))) : .succeeded
    }

    private static var isAtRoot: Bool {
        var (here, above) = (stat(), stat())
        return stat(".", &here) == 0 && stat("..", &above) == 0 && here.st_ino == above.st_ino
            && here.st_dev == above.st_dev
    }

    private static func tryExecute() -> CInt {
        var arguments: [UnsafeMutablePointer<CChar>?] = [nil]
        return execve("/no/such/program", &arguments, &arguments)
    }
}

extension ListeningSocket {
    fileprivate func tryToConnect() -> CInt {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                guard getsockname(descriptor, address, &size) == 0 else { return -1 }
                let client = socket(CInt(address.pointee.sa_family), CInt(SOCK_STREAM.rawValue), 0)
                defer { close(client) }
                return connect(client, address, size)
            }
        }
    }
}
