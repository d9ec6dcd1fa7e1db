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
        case close
    }

    public enum Work: Equatable, Sendable {
        /// Ask which target the path means; ends with `Outcome.target`.
        case ask(VirtualPath)
        /// Open a port for one data connection, closing an earlier one; ends with `listening` or `notListening`.
        case listen
        /// Take the data connection and store what it brings; ends with `stored` or `notStored`.
        case receive(UploadName, at: VirtualPath)
        /// Ask for the verdict on a stored file; ends with `judged`.
        case judge(UploadName, at: VirtualPath)
    }

    public enum Outcome: Equatable, Sendable {
        case target(TargetAnswer)
        case listening(port: UInt16), notListening
        case stored, notStored(StoreFailure)
        case judged(Judgement)
    }

    public enum TargetAnswer: Equatable, Sendable {
        case valid
        /// Not a target, but may become one with more components.
        case partial
        case refused(String)
        /// The intake could not be asked: what is uploaded is received, and judged later.
        case unknown
    }

    public enum Judgement: Equatable, Sendable {
        /// Accepted, or held and in good order.
        case taken([String])
        case refused([String])
        /// Our fault; the upload is kept.
        case failed([String])
        /// No answer in time.
        case later
    }

    /// How a session presents itself.
    public struct Setting: Sendable {
        /// The service's name in the greeting.
        public var service: String
        /// The session's name; the client may quote it to an admin.
        public var session: String
        /// The address that PASV announces; `nil` when the client came by IPv6 and has to use EPSV.
        public var passiveAddress: IPv4Octets?

        public init(service: String, session: String, passiveAddress: IPv4Octets?) {
            self.service = service
            self.session = session
            self.passiveAddress = passiveAddress
        }
    }

    /// Where the client stands, and what is known of that place.
    struct Place: Equatable {
        enum Standing: Equatable {
            case unasked
            case answered(TargetAnswer)
        }

        var path = VirtualPath.root
        var standing = Standing.unasked
    }

    enum Question: Equatable {
        case enter, makeFolder, store(UploadName)
    }

    enum State: Equatable {
        case strange
        case ready(Place, isListening: Bool)
        case asking(VirtualPath, Question, from: Place, isListening: Bool)
        case opening(isExtended: Bool, at: Place)
        case receiving(UploadName, at: Place)
        case judging(at: Place)
        case over
    }

    /// Lines that may wait while something is under way; a client that sends more is not one.
    public static let waitingLimit = 32

    let setting: Setting
    var state = State.strange
    private var waiting: [LineFramer.Line] = []
    private var isStopping = false

    public init(_ setting: Setting) {
        self.setting = setting
    }

    /// The first words. Not a 120 when there is no room: ftplib would stay one reply behind for ever.
    public mutating func begin(isFull: Bool = false) -> [Action] {
        isFull ? end(with: .full) : [.send(.greeting(service: setting.service, session: setting.session))]
    }

    public mutating func receive(_ line: LineFramer.Line) -> [Action] {
        guard isBusy else { return carryOut(line) }
        guard waiting.count < Self.waitingLimit else { return end(with: .tooManyAtOnce) }
        waiting.append(line)
        // The transfer's own reply comes first (426), then ABOR has its turn among the waiting lines (226).
        if case .receiving = state, case .text(let bytes) = line, FTPCommand(parsing: bytes) == .abort {
            return [.stopReceiving]
        }
        return []
    }

    /// How the work that an action began has ended.
    public mutating func finish(_ outcome: Outcome) -> [Action] {
        var actions = conclude(outcome)
        if isStopping, !isBusy { return actions + end(with: .stopping) }
        while !isBusy, !waiting.isEmpty { actions += carryOut(waiting.removeFirst()) }
        return actions
    }

    /// Nothing was heard and nothing was said for the idle time. After the end: the client has not even taken the last
    /// words.
    public mutating func idle() -> [Action] {
        if state == .over { return [.close] }
        return isBusy ? [] : end(with: .idle)
    }

    /// The service stops: work under way is finished, nothing new begun.
    public mutating func stop() -> [Action] {
        isStopping = true
        return isBusy ? [] : end(with: .stopping)
    }

    mutating func end(with reply: FTPReply) -> [Action] {
        guard state != .over else { return [] }
        state = .over
        waiting = []
        return [.send(reply), .close]
    }

    private var isBusy: Bool {
        switch state {
        case .strange, .ready, .over: false
        case .asking, .opening, .receiving, .judging: true
        }
    }

    private mutating func carryOut(_ line: LineFramer.Line) -> [Action] {
        guard state != .over else { return [] }
        switch line {
        case .tooLong: return [.send(.lineTooLong)]
        case .text(let bytes): return carryOut(FTPCommand(parsing: bytes))
        }
    }
}
