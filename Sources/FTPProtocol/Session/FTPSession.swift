/// One control connection's dialogue, without sockets, files or clock: lines and outcomes in, actions out.
///
/// The owner feeds every line of the client to `receive`, and carries out the actions in order. Work takes time; the
/// session begins one piece at a time, and the owner tells how it ended with `finish`. Lines that come meanwhile wait
/// inside the session.
public struct FTPSession: Sendable {
    public enum Action: Equatable, Sendable {
        case send(FTPReply)
        /// The owner calls `finish` when it has ended.
        case begin(Work)
        /// Cut the transfer under way; it still ends with its outcome.
        case stopReceiving
        /// Begin TLS, once what was to be sent is sent; `secured` is called after the handshake. Bytes that have come in
        /// clear until then are the owner's to drop.
        case startTLS
        /// Whether later data connections begin with a handshake.
        case protectData(Bool)
        case close
    }

    enum State: Equatable {
        case strange
        case ready
        case busy(Task)
        case over
    }

    /// Lines that may wait while something is under way; a client that sends more is not one.
    public static let waitingLimit = 32

    let setting: Setting
    var state = State.strange
    var here = Here()
    /// What MLST and MLSD tell this client.
    var facts = FactSet.all
    /// Files whose verdict was given in the client's favour: they are the archive's now.
    var taken: Set<VirtualFile> = []
    /// Files whose verdict was given against it. lftp asks for the SIZE after a 4xx, and takes the right one for success.
    var refused: Set<VirtualFile> = []
    /// Names given by STOU.
    var uniqueNames = 0
    var protection: Protection
    var waiting: [LineFramer.Line] = []
    /// How it ended; nil while it goes on, and when the client went without a word.
    public private(set) var ending: Ending?
    /// How it will end, once the work under way is done.
    private var endingSoon: Ending?
    /// The client says nothing more.
    private var hasHungUp = false

    public init(_ setting: Setting) {
        self.setting = setting
        protection = setting.protection
    }

    /// The first words. Not a 120 when there is no room: ftplib would stay one reply behind for ever.
    public mutating func begin(refusing refusal: Refusal? = nil) -> [Action] {
        if let refusal { return end(.refused(refusal)) }
        return [.send(.greeting(service: setting.service, session: setting.session))]
    }

    public mutating func receive(_ line: LineFramer.Line) -> [Action] {
        guard protection.control != .handshaking else { return [] }
        guard case .busy(let task) = state else { return carryOut(line) }
        guard waiting.count < Self.waitingLimit else { return end(.flood) }
        if task.isTransfer, case .text(let bytes) = line {
            switch FTPCommand(parsing: bytes) {
            // The transfer's own reply comes first (426), then ABOR has its turn among the waiting lines (226).
            case .abort:
                waiting.append(line)
                return [.stopReceiving]
            // RFC 959, 4.1.3: how far is it?
            case .status(nil) where waiting.isEmpty: return [.send(.statusOfTransfer)]
            default: break
            }
        }
        waiting.append(line)
        return []
    }

    /// How the work that an action began has ended.
    public mutating func finish(_ outcome: Outcome) -> [Action] {
        var actions = conclude(outcome)
        if let endingSoon, !isBusy { return actions + end(endingSoon) }
        while !isBusy, !waiting.isEmpty { actions += carryOut(waiting.removeFirst()) }
        return actions + (hasHungUp ? hangUp() : abortBegun())
    }

    /// The client has closed its side of the connection, which means ABOR and QUIT (RFC 959, 4.1.1). It may listen yet:
    /// what it asked for before is answered.
    public mutating func inputEnded() -> [Action] {
        hasHungUp = true
        return hangUp()
    }

    /// Nothing was heard and nothing was said for the idle time. After the end: the client has not even taken the last
    /// words.
    public mutating func idle() -> [Action] {
        if state == .over { return [.close] }
        return isBusy ? [] : end(.idle)
    }

    /// The service stops: work under way is finished, nothing new begun.
    public mutating func stop() -> [Action] {
        endingSoon = .stopped
        return isBusy ? [] : end(.stopped)
    }

    /// It has taken as long as a session may: a transfer under way is cut, other work finished.
    public mutating func expire() -> [Action] {
        guard case .busy(let task) = state else { return end(.tooLong) }
        endingSoon = .tooLong
        return task.isTransfer ? [.stopReceiving] : []
    }

    /// The time for a first USER is over.
    public mutating func loginExpired() -> [Action] {
        state == .strange ? end(.neverLoggedIn) : []
    }

    /// An ABOR that came while the transfer was still asked about, or waited for its turn, is for it all the same.
    private func abortBegun() -> [Action] {
        guard case .busy(let task) = state, task.isTransfer else { return [] }
        let isAborted = waiting.contains { line in
            if case .text(let bytes) = line { FTPCommand(parsing: bytes) == .abort } else { false }
        }
        return isAborted ? [.stopReceiving] : []
    }

    private mutating func hangUp() -> [Action] {
        if case .busy(let task) = state { return task.isTransfer ? [.stopReceiving] : [] }
        guard state != .over else { return [] }
        state = .over
        return [.close]
    }

    mutating func end(_ ending: Ending) -> [Action] {
        guard state != .over else { return [] }
        state = .over
        self.ending = ending
        waiting = []
        return [.send(ending.reply), .close]
    }

    /// Begins a piece of work; `task` says what to do when it has ended.
    mutating func begin(_ work: Work, as task: Task) -> [Action] {
        state = .busy(task)
        return [.begin(work)]
    }

    private var isBusy: Bool {
        if case .busy = state { true } else { false }
    }

    private mutating func carryOut(_ line: LineFramer.Line) -> [Action] {
        guard state != .over else { return [] }
        switch line {
        case .tooLong: return [.send(.lineTooLong)]
        case .text(let bytes): return carryOut(FTPCommand(parsing: bytes))
        }
    }
}
