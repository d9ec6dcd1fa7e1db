public import FTPProtocol

/// One SFTP session's dialogue, without sockets, files or clock: packets and outcomes in, actions out.
///
/// It stands between a client and OpenSSH's sftp-server. The client sees upload paths, which no folder answers to; the
/// server writes files of our names (`.part-3`) and does nothing else. A file gets its name when the client closes it and
/// every write went well, so that none is ever seen half.
///
/// The owner feeds packets to `receive`, carries out the actions in order, and tells with `finish` how each piece of work
/// ended before it feeds the next packet.
public struct SFTPSession: Sendable {
    public enum Action: Equatable, Sendable {
        case send(SFTPReply)
        /// For the person at the terminal: OpenSSH's clients show no text of a reply, but standard error. sshd hands that
        /// on to a client that asked for a command, and not to one that asked for the subsystem.
        case tell([String])
        case begin(Work)
        /// For whoever counts: once for each file that is not taken.
        case count(SFTPRefusal)
        /// The client does not speak SFTP.
        case end
    }

    public enum Work: Equatable, Sendable {
        /// Ends with `Outcome.target`.
        case ask(VirtualPath)
        /// Ends with `served` or `notDone`.
        case serve(FileServerRequest)
        /// Give a part its name, replacing what has it; ends with `done` or `notDone`.
        case keep(part: String, at: VirtualFile)
        /// Ends with `done` in any case.
        case discard(part: String)
        /// Ends with `done` or `notDone`.
        case remove(VirtualFile)
        /// Ends with `done` or `notDone`.
        case move(VirtualFile, to: VirtualFile)
        /// Make what was kept durable, and ask for the verdict; ends with `judged`.
        case judge(VirtualFile)
    }

    public enum Outcome: Equatable, Sendable {
        case target(TargetAnswer)
        case served(FileServerReply)
        case done
        case notDone(SFTPRefusal)
        case judged(Judgement)
    }

    /// What a session may bring; in bytes and files.
    public struct Limits: Sendable {
        public var fileSize: UInt64
        /// Of a `.changes` or command file.
        public var textSize: UInt64
        public var sessionSize: UInt64
        public var sessionFiles: Int
        public var names = NameLimits()
        /// Open at a time: clients have one, sshfs and lftp a few.
        public var openFiles = 16

        public init(fileSize: UInt64, textSize: UInt64, sessionSize: UInt64, sessionFiles: Int) {
            self.fileSize = fileSize
            self.textSize = textSize
            self.sessionSize = sessionSize
            self.sessionFiles = sessionFiles
        }
    }

    /// A file that is being written.
    struct OpenFile: Equatable {
        let place: VirtualFile
        let part: String
        var serverHandle: [UInt8] = []
        var size: UInt64 = 0
        /// Why it cannot be kept.
        var mistake: SFTPRefusal?
    }

    enum Handle: Equatable {
        case file(OpenFile)
        case folder(VirtualPath, isRead: Bool)
    }

    enum Step: Equatable {
        case ready
        case asking(VirtualPath, Question)
        case creating(OpenFile)
        case writing([UInt8], size: UInt64)
        case closing(OpenFile)
        case keeping(OpenFile)
        case discarding(SFTPRefusal)
        case removing(VirtualFile)
        case moving(VirtualFile, to: VirtualFile)
        case judging(VirtualFile)
    }

    enum Question: Equatable {
        case status, openFolder, makeFolder
        case store(UploadName)
        case move(VirtualFile, to: UploadName)
    }

    let limits: Limits
    let session: String
    var step = Step.ready
    /// Of the request that is being carried out.
    var number: UInt32 = 0
    var handles: [[UInt8]: Handle] = [:]
    /// What the session has brought, with sizes.
    var files: [VirtualFile: UInt64] = [:]
    /// What was refused, and why: a client that looks again is told so. (paramiko does not see a CLOSE that failed; with
    /// `confirm_upload` dput-ng looks.)
    var refusals: [VirtualFile: String] = [:]
    /// Files that were begun.
    var parts = 0
    var opened = 0
    var broughtBytes: UInt64 = 0
    private var hasBegun = false

    /// `session` is the name that a client may quote to an admin.
    public init(session: String, limits: Limits) {
        self.session = session
        self.limits = limits
    }

    public mutating func receive(_ packet: [UInt8]) -> [Action] {
        precondition(step == .ready, "a piece of work is still under way")
        do {
            let (number, request) = try SFTPRequest.parse(packet)
            guard hasBegun == (request != .initialize) else { return [.end] }
            hasBegun = true
            self.number = number
            return carryOut(request)
        } catch {
            return [.end]
        }
    }

    /// How the work that the last action began has ended.
    public mutating func finish(_ outcome: Outcome) -> [Action] {
        let ended = step
        step = .ready
        return conclude(ended, outcome)
    }

    mutating func begin(_ work: Work, _ step: Step) -> [Action] {
        self.step = step
        return [.begin(work)]
    }

    func fine(_ text: String = "") -> Action { .send(.status(number, .fine, text)) }

    /// Refused in words. Never "permission denied" for a file: dput-ng takes that for a warning, and goes on.
    func refuse(_ sentence: String, _ code: SFTPReply.Code = .failure) -> [Action] {
        [.tell([sentence]), .send(.status(number, code, sentence))]
    }

    /// The same, for a file that meets its end here.
    func drop(_ refusal: SFTPRefusal) -> [Action] { [.count(refusal)] + refuse(refusal.sentence) }

    var openFiles: [OpenFile] {
        handles.values.compactMap { if case .file(let file) = $0 { file } else { nil } }
    }
}
