internal import CLinux
internal import Glibc
internal import SystemPackage

/// A child of the server, which works on a stranger's bytes for so long and no longer.
struct ConfinedChild: ~Copyable {
    /// How it ended.
    enum End: Equatable, Sendable {
        case exited(CInt)
        case signal(CInt)
        /// It was ended by us: time was up, or `stopping` said so.
        case late, stopped
        /// The server ended before it, which is nobody's fault but ours.
        case lost
        /// The server could not start it.
        case failed(String)
    }

    struct Outcome: Sendable {
        let end: End
        /// The first bytes of its standard output and error.
        let output: String
        let complaints: String
    }

    private let server: UnpackServerProcess
    private let line: CInt
    private var output: Pipe
    private var complaints: Pipe
    private var pid: pid_t?
    private var told: End?

    /// Bytes kept of what it says; the rest is read and forgotten, so that it never waits for us.
    static let kept = 64 << 10

    /// Asks the server for it.
    /// - Parameter kept: bytes kept of its standard output.
    init(
        of server: UnpackServerProcess, _ words: [String], in folder: FilePath, files: [FileDescriptor],
        keeping kept: Int = ConfinedChild.kept
    ) throws(UnpackFailure) {
        var output = try Pipe(limit: kept)
        var complaints = try Pipe(limit: Self.kept)
        let place = folder.withPlatformString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard place >= 0 else { throw UnpackFailure("\(folder) cannot be opened") }
        defer { close(place) }
        let (line, its) = try UnpackServerProcess.sockets()
        defer { close(its) }
        let message = ServerMessage(
            words: words, descriptors: [its, output.writing, complaints.writing, place] + files.map(\.rawValue))
        if !server.send(message) { told = .lost }
        output.closeWriting()
        complaints.closeWriting()
        self.server = server
        self.line = line
        self.output = output
        self.complaints = complaints
    }

    deinit { close(line) }

    /// Waits on this thread. Whatever way it ends, the whole group is gone afterwards.
    mutating func wait(seconds: Int, stopping: () -> Bool) -> Outcome {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while !isOver {
            readSome()
            if isOver { break }
            if ContinuousClock.now >= deadline { return stop(as: .late) }
            if stopping() { return stop(as: .stopped) }
        }
        return outcome(told ?? .lost)
    }

    private static let tick: CInt = 50
    /// Milliseconds that the server has to end a child, and to start it before when it starts itself.
    private static let patience = 20_000

    private var isOver: Bool { told != nil && output.isAtEnd && complaints.isAtEnd }

    /// What ends it is the server: the numbers of its children are its own.
    private mutating func stop(as end: End) -> Outcome {
        ChildNews.enough.send(to: line)
        let deadline = ContinuousClock.now + .milliseconds(Self.patience)
        while told == nil {
            readSome()
            if ContinuousClock.now >= deadline { server.kill() }
        }
        return outcome(end)
    }

    private func outcome(_ end: End) -> Outcome {
        Outcome(end: end, output: output.text, complaints: complaints.text)
    }

    private mutating func readSome() {
        var waited = [
            output.waited, complaints.waited, pollfd(fd: told == nil ? line : -1, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&waited, 3, Self.tick) > 0 else { return }
        if waited[0].revents != 0 { output.read() }
        if waited[1].revents != 0 { complaints.read() }
        if waited[2].revents != 0 { hear() }
    }

    private mutating func hear() {
        switch ChildNews(receivedFrom: line) {
        case .started(let number): pid = number
        case .exited(let status): told = .exited(status)
        case .signal(let number): told = .signal(number)
        case .failed(let reason): told = .failed(reason)
        case .enough, nil:
            told = .lost
            // It died with its server, but what it started did not: the group had its number a moment ago.
            if let pid { kill(-pid, SIGKILL) }
        }
    }
}
