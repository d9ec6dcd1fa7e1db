internal import CLinux
internal import Glibc
internal import Synchronization
internal import SystemPackage

/// A running `slipway-unpack`, started by this process. It ends when the last one lets go of it.
final class UnpackServerProcess: Sendable {
    let pid: pid_t
    private let socket: CInt
    fileprivate let parts: [FileMark]

    /// It starts at once, and takes requests before it is ready for them.
    init(program: FilePath, scratch: FilePath) throws(UnpackFailure) {
        parts = FileMark.ofParts(program)
        let (ours, its) = try Self.sockets()
        defer { close(its) }
        var actions = SpawnActions(in: "/")
        actions.give(STDERR_FILENO, as: STDOUT_FILENO)
        actions.give(its, as: UnpackServer.socket)
        do {
            pid = try actions.start(
                program, [scratch.string], closingFrom: UnpackServer.socket + 1,
                environment: [
                    "PATH=/usr/bin:/bin", "HOME=/nonexistent", "LC_ALL=C.UTF-8", "DPKG_COLORS=never",
                    // Functions of libraries are looked up once, and not by each child.
                    "LD_BIND_NOW=1",
                ])
        } catch {
            close(ours)
            throw error
        }
        socket = ours
    }

    /// Who has a child of it has it, too: so there is none, and it need not be waited for until it has read the socket.
    deinit {
        close(socket)
        kill()
        reap()
    }

    /// - Returns: false when it is gone.
    func send(_ message: ServerMessage) -> Bool { message.send(to: socket) }

    /// It does not do what it is asked. Its children die with it.
    func kill() { Glibc.kill(pid, SIGKILL) }

    /// - Returns: two ends; everything sent into the one comes out of the other.
    static func sockets() throws(UnpackFailure) -> (CInt, CInt) {
        var pair: [CInt] = [-1, -1]
        guard slipway_message_sockets(&pair) == 0 else { throw UnpackFailure("no socket can be made") }
        return (pair[0], pair[1])
    }

    private func reap() {
        var status: CInt = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    }
}

/// The one that is used; started when it is needed, and anew when it ended or its parts were upgraded.
final class UnpackServers: Sendable {
    private let program: FilePath
    private let scratch: FilePath
    private let current = Mutex<UnpackServerProcess?>(nil)

    init(program: FilePath, scratch: FilePath) {
        self.program = program
        self.scratch = scratch
    }

    func server() throws -> UnpackServerProcess {
        try current.withLock { current in
            if let current, current.parts == FileMark.ofParts(program) { return current }
            let fresh = try UnpackServerProcess(program: program, scratch: scratch)
            current = fresh
            return fresh
        }
    }

    /// Nobody gets this one any more. Those who have it finish with it.
    func retire(_ server: UnpackServerProcess) {
        let retired = current.withLock { current in
            guard current === server else { return nil as UnpackServerProcess? }
            defer { current = nil }
            return current
        }
        _ = retired
    }
}

/// Tells a file from one that took its place.
private struct FileMark: Equatable, Sendable {
    let device, inode, size, seconds, nanoseconds: Int64

    init(_ path: FilePath) {
        var found = stat()
        _ = path.withPlatformString { stat($0, &found) }
        (device, inode) = (Int64(truncatingIfNeeded: found.st_dev), Int64(truncatingIfNeeded: found.st_ino))
        (size, seconds, nanoseconds) = (Int64(found.st_size), Int64(found.st_mtim.tv_sec), Int64(found.st_mtim.tv_nsec))
    }

    static func ofParts(_ program: FilePath) -> [FileMark] {
        (PreparedDpkgSource.parts + [program]).map { FileMark($0) }
    }
}
