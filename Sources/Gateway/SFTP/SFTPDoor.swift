public import ArchiveModel
internal import Confinement
internal import DurableFiles
internal import FTPProtocol
internal import Glibc
internal import SFTPProtocol
public import SystemPackage

/// One SFTP session, from sshd's pipes to the hand-over of its folder: what `slipway-gateway sftp-session` does.
///
/// It takes packets of whoever sshd let in, and trusts none of them; it leaves a folder in `landed`, or nothing. It has one
/// thread, which waits. OpenSSH's sftp-server writes the files, locked into the session's folder; this process decides
/// which, and is locked into `incoming` and `landed`.
public final class SFTPDoor {
    private let configuration: GatewayConfiguration
    private let person: OwnerName?
    private let folder: SessionFolder
    private let server: FileServer
    private let intake: IntakeCall
    private let metrics = SFTPMetrics()
    private let clock: SFTPClock
    private var session: SFTPSession
    private var framer = PacketFramer()
    private var verdicts: [String] = []
    private var bytes = 0

    /// Raises the walls. The working directory becomes the jail.
    /// - Throws: `WallFailure`, `FileFailure`.
    /// - Parameters:
    ///   - person: whose key sshd has let in, as the service said.
    ///   - client: from where, as sshd says.
    public init(
        jail: FilePath, person: OwnerName?, client: ClientAddress? = nil, configuration: GatewayConfiguration
    ) throws {
        SystemLog.open()
        signal(SIGPIPE, SIG_IGN)
        // sshd may hang up before the folder is handed over.
        signal(SIGHUP, SIG_IGN)
        umask(0o007)
        try WallFailure.check("enter \(jail)", jail.withPlatformString { chdir($0) })
        self.configuration = configuration
        self.person = person
        clock = SFTPClock(configuration)
        folder = try SessionFolder(of: person, from: client)
        server = try FileServer(in: folder.path)
        _ = try Walls(raisedAround: ".", as: nil, writing: SFTPMetrics.folders, forOneSession: true)
        intake = IntakeCall(socketPath: VerdictSocket.name, targetTimeout: configuration.targetTimeout)
        session = SFTPSession(session: folder.name.description, limits: SFTPSession.Limits(configuration))
    }

    /// Returns when the session is over and its folder handed over.
    public func run() {
        SystemLog.write("session \(folder.name) of \(who) begins")
        let ending = serve()
        handOver(ending)
        metrics.ended(ending, files: folder.files, bytes: bytes)
        do {
            try metrics.write()
        } catch {
            SystemLog.write("metrics not written: \(error)")
        }
    }

    private var who: String { person?.text ?? "somebody" }

    /// Returns how the session ended, in a word.
    private func serve() -> String {
        while true {
            let (end, word) = clock.patience(at: .now)
            guard let piece = Bytes.read(STDIN_FILENO, until: end) else { return word }
            guard !piece.isEmpty else { return "quit" }
            framer.append(piece)
            do {
                while let packet = try framer.next() {
                    guard carryOut(session.receive(packet)) else { return "gone" }
                }
            } catch {
                return "nonsense"
            }
        }
    }

    /// False when the session is over.
    private func carryOut(_ actions: [SFTPSession.Action]) -> Bool {
        for action in actions {
            switch action {
            case .send(let reply): guard say(reply.packet, at: STDOUT_FILENO) else { return false }
            case .tell(let lines): _ = say(Array(lines.map { $0 + "\n" }.joined().utf8), at: STDERR_FILENO)
            case .begin(let work): guard carryOut(session.finish(outcome(of: work))) else { return false }
            case .count(let refusal): metrics.refused(refusal)
            case .end: return false
            }
        }
        return true
    }

    /// Who does not read is as silent as who says nothing.
    private func say(_ bytes: [UInt8], at number: CInt) -> Bool {
        Bytes.write(bytes, to: number, until: clock.patience(at: .now).0)
    }

    private func outcome(of work: SFTPSession.Work) -> SFTPSession.Outcome {
        switch work {
        case .ask(let path): .target(intake.target(path))
        case .serve(let request): serve(request)
        case .keep(let part, let place): onDisk { try folder.keep(part, at: place) }
        case .discard(let part): onDisk { try folder.remove(part) }
        case .remove(let place): onDisk { try folder.remove(place.relative) }
        case .move(let place, let target): onDisk { try folder.move(place.relative, to: target) }
        case .judge(let place): .judged(judge(place))
        }
    }

    private func serve(_ request: FileServerRequest) -> SFTPSession.Outcome {
        if case .write(_, _, let data) = request {
            guard let free = try? folder.freeBytes(), free >= configuration.freeSpaceFloor else {
                return .notDone(.noRoom)
            }
            bytes += data.count
        }
        return .served(server.request(request) ?? .failed)
    }

    private func onDisk(_ body: () throws -> Void) -> SFTPSession.Outcome {
        do {
            try body()
            return .done
        } catch let failure as FileFailure where failure.standsInTheWay {
            return .notDone(.nameTaken)
        } catch {
            SystemLog.write("session \(folder.name): \(error)")
            return .notDone(.failed)
        }
    }

    /// The files are durable before anybody judges them, and before the client is told that they were received.
    private func judge(_ place: VirtualFile) -> Judgement {
        let end = ContinuousClock.now + configuration.verdictTimeout
        do {
            try folder.makeDurable()
        } catch {
            SystemLog.write("session \(folder.name): not made durable: \(error)")
            return .refused(["The upload could not be written to the disk, by no fault of yours; try again later."])
        }
        let begin = ContinuousClock.now
        let answer = intake.verdict(session: folder.name, place: place, within: end - begin)
        metrics.judged(answer?.outcome, after: .now - begin)
        verdicts.append("\(place.name) \(answer?.outcome.rawValue ?? "later")")
        return Judgement(answer)
    }

    private func handOver(_ ending: String) {
        do {
            let isLanded = try folder.land()
            SystemLog.write(
                "session \(folder.name) of \(who) over: \(ending), files \(folder.files), bytes \(bytes), "
                    + "verdicts \(verdicts.joined(separator: ", "))")
            if isLanded { intake.tellLanded(folder.name) }
        } catch {
            SystemLog.write("session \(folder.name) not handed over; the gateway's next start tries again: \(error)")
        }
    }
}

extension SFTPSession.Limits {
    fileprivate init(_ configuration: GatewayConfiguration) {
        self.init(
            fileSize: UInt64(configuration.fileSizeLimit), textSize: UInt64(configuration.textSizeLimit),
            sessionSize: UInt64(configuration.sessionSizeLimit), sessionFiles: configuration.sessionFileLimit)
        names = configuration.names
    }
}

extension FileFailure {
    fileprivate var standsInTheWay: Bool {
        [.fileExists, .notDirectory, .isDirectory, .directoryNotEmpty].map(Reason.system).contains(reason)
    }
}
