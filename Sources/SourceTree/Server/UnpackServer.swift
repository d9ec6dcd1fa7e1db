internal import CLinux
internal import Confinement
internal import Glibc
internal import SystemPackage

/// What `slipway-unpack` is: it has dpkg-source loaded, and forks for each package.
///
/// Takes: requests of the service, by the socket it was given. Its children work on a stranger's bytes, each behind walls
/// of its own (`ConfinedUnpacking`), and are gone afterwards: it reads nothing of them, and no package meets what another
/// left. It ends, and ends them, when the service closes the socket or dies.
public struct UnpackServer {
    /// The descriptor of its socket.
    static let socket: CInt = 3

    private var children: [ServedChild] = []
    private let cannotStart: String?
    private let isPrepared: Bool

    /// - Parameter words: the command line without the program's name: the folder of all scratch folders.
    public static func run(_ words: some Collection<String>) -> Never {
        guard let scratch = words.first, words.count == 1 else {
            log("it is started by the service")
            exit(64)
        }
        setlocale(LC_CTYPE, "C.UTF-8")
        var server = UnpackServer(scratch: FilePath(scratch))
        while server.work() {}
        exit(0)
    }

    private init(scratch: FilePath) {
        do {
            try ServerWalls(folder: scratch, executable: ConfinedUnpacking.executable).raise()
            cannotStart = nil
        } catch {
            cannotStart = error.description
        }
        let problem = PreparedDpkgSource.load()
        if let problem { Self.log("dpkg-source is loaded anew for each package, as \(problem)") }
        isPrepared = problem == nil
    }

    /// Waits for the next thing to do, and does it.
    ///
    /// - Returns: false when there is nobody to work for any more.
    private mutating func work() -> Bool {
        var waited = [pollfd(fd: Self.socket, events: Int16(POLLIN), revents: 0)]
        for child in children { waited += child.waited }
        guard poll(&waited, nfds_t(waited.count), -1) >= 0 else { return errno == EINTR }
        children = children.enumerated().compactMap { index, child in
            let (ended, line) = (waited[2 * index + 1], waited[2 * index + 2])
            guard ended.revents == 0 else {
                child.bury()
                return nil
            }
            return line.revents == 0 ? child : child.killed()
        }
        return waited[0].revents == 0 || takeRequest()
    }

    private mutating func takeRequest() -> Bool {
        guard let message = ServerMessage(receivedFrom: Self.socket) else {
            children.forEach { $0.kill() }
            children.forEach { $0.bury() }
            return false
        }
        guard let line = message.descriptors.first else { return true }
        if let cannotStart {
            ChildNews.failed(cannotStart).send(to: line)
        } else if let child = start(message, line) {
            children.append(child)
            message.descriptors.dropFirst().forEach { close($0) }
            return true
        }
        message.descriptors.forEach { close($0) }
        return true
    }

    private func start(_ message: ServerMessage, _ line: CInt) -> ServedChild? {
        let server = getpid()
        let pid = slipway_fork()
        if pid == 0 {
            message.become()
            ConfinedUnpacking.run(message.words, server: server, isPrepared: isPrepared)
        }
        guard pid > 0 else {
            ChildNews.failed("cannot fork: \(String(cString: strerror(errno)))").send(to: line)
            return nil
        }
        setpgid(pid, pid)
        ChildNews.started(pid).send(to: line)
        let ended = slipway_process_descriptor(pid)
        let child = ServedChild(pid: pid, ended: ended, line: line)
        guard ended < 0 else { return child }
        child.kill()
        child.bury()
        return nil
    }

    private static func log(_ text: String) {
        let line = "slipway-unpack: \(text)\n"
        _ = line.withCString { write(STDERR_FILENO, $0, strlen($0)) }
    }
}

/// A child of the server, and the line by which its end is told.
private struct ServedChild {
    let pid: pid_t
    /// Can be read when it has ended.
    let ended: CInt
    let line: CInt
    private var isKilled = false

    init(pid: pid_t, ended: CInt, line: CInt) {
        (self.pid, self.ended, self.line) = (pid, ended, line)
    }

    var waited: [pollfd] {
        [ended, isKilled ? -1 : line].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    }

    /// All that it started goes with it.
    func kill() { Glibc.kill(-pid, SIGKILL) }

    /// The service has enough of it, or is gone.
    consuming func killed() -> ServedChild {
        kill()
        isKilled = true
        return self
    }

    /// Waits for its end. Until it is reaped the number of its group is its own.
    func bury() {
        var information = siginfo_t()
        while waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        kill()
        var status: CInt = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        let seen = information._sifields._sigchld.si_status
        (information.si_code == CInt(CLD_EXITED) ? ChildNews.exited(seen) : .signal(seen)).send(to: line)
        close(ended)
        close(line)
    }
}
