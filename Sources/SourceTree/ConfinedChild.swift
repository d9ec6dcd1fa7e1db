internal import CLinux
internal import Glibc
internal import SystemPackage

/// A child that works on a stranger's bytes: in a process group of its own, with nothing of ours open but what it is
/// given, and for so long and no longer.
struct ConfinedChild: ~Copyable {
    /// How it ended.
    enum End: Equatable, Sendable {
        case exited(CInt)
        case signal(CInt)
        /// It was ended by us: time was up, or `stopping` said so.
        case late, stopped
    }

    struct Outcome: Sendable {
        let end: End
        /// The first bytes of its standard output and error.
        let output: String
        let complaints: String
    }

    private let pid: pid_t
    private var output: Pipe
    private var complaints: Pipe

    /// Bytes kept of what it says; the rest is read and forgotten, so that it never waits for us.
    private static let kept = 64 << 10

    /// - Parameter files: become its descriptors from 3 on. They are closed here.
    init(_ program: FilePath, _ words: [String], in folder: FilePath, files: [FileDescriptor]) throws(UnpackFailure) {
        var output = try Pipe(limit: Self.kept)
        var complaints = try Pipe(limit: Self.kept)
        var actions = SpawnActions(in: folder)
        actions.give(output.writing, as: STDOUT_FILENO)
        actions.give(complaints.writing, as: STDERR_FILENO)
        let moved = files.map { fcntl($0.rawValue, F_DUPFD_CLOEXEC, CInt(files.count) + 8) }
        files.forEach { try? $0.close() }
        defer { moved.forEach { Glibc.close($0) } }
        for (number, file) in zip(UnpackRequest.firstDescriptor..., moved) { actions.give(file, as: number) }
        pid = try actions.start(program, words, closingFrom: UnpackRequest.firstDescriptor + CInt(files.count))
        output.closeWriting()
        complaints.closeWriting()
        self.output = output
        self.complaints = complaints
    }

    /// Waits on this thread. Whatever way it ends, the whole group is gone afterwards.
    mutating func wait(seconds: Int, stopping: () -> Bool) -> Outcome {
        let deadline = ContinuousClock.now + .seconds(seconds)
        var end: End?
        while end == nil {
            if output.isAtEnd, complaints.isAtEnd {
                end = exited()
                if end == nil { usleep(1000) }
            } else {
                readSome()
            }
            if end == nil, ContinuousClock.now >= deadline { end = .late }
            if end == nil, stopping() { end = .stopped }
        }
        kill(-pid, SIGKILL)
        let status = reap()
        return Outcome(end: end ?? status, output: output.text, complaints: complaints.text)
    }

    private static let tick: CInt = 50

    private mutating func readSome() {
        var waited = [output.waited, complaints.waited]
        guard poll(&waited, 2, Self.tick) > 0 else { return }
        if waited[0].revents != 0 { output.read() }
        if waited[1].revents != 0 { complaints.read() }
    }

    /// Looks without reaping: until then the number of the group is its own.
    private func exited() -> End? {
        var information = siginfo_t()
        guard waitid(P_PID, id_t(pid), &information, WEXITED | WNOHANG | WNOWAIT) == 0 else { return .exited(-1) }
        guard information.si_signo == SIGCHLD else { return nil }
        let status = information._sifields._sigchld.si_status
        return information.si_code == CInt(CLD_EXITED) ? .exited(status) : .signal(status)
    }

    private func reap() -> End {
        var status: CInt = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return .exited(status)
    }
}

/// The reading end of what a child says, and, until it is started, the writing end.
struct Pipe: ~Copyable {
    private let reading: CInt
    private(set) var writing: CInt
    private(set) var isAtEnd = false
    private var bytes: [UInt8] = []
    private let limit: Int

    init(limit: Int) throws(UnpackFailure) {
        guard let ends = try? FileDescriptor.pipe() else { throw UnpackFailure("no pipe can be made") }
        for end in [ends.readEnd, ends.writeEnd] { _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) }
        (reading, writing) = (ends.readEnd.rawValue, ends.writeEnd.rawValue)
        self.limit = limit
    }

    deinit {
        close(reading)
        if writing >= 0 { close(writing) }
    }

    var waited: pollfd { pollfd(fd: isAtEnd ? -1 : reading, events: Int16(POLLIN), revents: 0) }
    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func closeWriting() {
        close(writing)
        writing = -1
    }

    mutating func read() {
        let piece = [UInt8](unsafeUninitializedCapacity: 16 << 10) { room, count in
            count = max(0, Glibc.read(reading, room.baseAddress, room.count))
        }
        isAtEnd = piece.isEmpty
        bytes += piece.prefix(limit - bytes.count)
    }
}

/// posix_spawn(3) with what is done between fork and exec.
struct SpawnActions: ~Copyable {
    private var actions = posix_spawn_file_actions_t()

    init(in folder: FilePath) {
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        _ = folder.withPlatformString { slipway_spawn_in_folder(&actions, $0) }
    }

    deinit {
        var actions = actions
        posix_spawn_file_actions_destroy(&actions)
    }

    mutating func give(_ descriptor: CInt, as number: CInt) {
        posix_spawn_file_actions_adddup2(&actions, descriptor, number)
    }

    /// In a process group of its own, with no environment and no signal blocked or ignored.
    mutating func start(
        _ program: FilePath, _ words: [String], closingFrom first: CInt
    ) throws(UnpackFailure) -> pid_t {
        slipway_spawn_closing_from(&actions, first)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var arguments: [UnsafeMutablePointer<CChar>?] = ([program.string] + words).map { strdup($0) } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] = [nil]
        defer { arguments.forEach { free($0) } }
        var pid: pid_t = 0
        let failure = program.withPlatformString {
            posix_spawn(&pid, $0, &actions, &attributes, &arguments, &environment)
        }
        guard failure == 0 else {
            throw UnpackFailure("cannot start \(program): \(String(cString: strerror(failure)))")
        }
        return pid
    }
}
