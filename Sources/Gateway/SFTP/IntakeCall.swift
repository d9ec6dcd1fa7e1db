internal import ArchiveModel
internal import FTPProtocol
internal import Glibc
internal import SFTPProtocol

/// The questions of `IntakeLine`, for a process that serves one session and may wait: no event loop, no task.
struct IntakeCall {
    /// Relative to the working directory: 107 bytes are not many.
    let socketPath: String
    let targetTimeout: Duration

    func target(_ path: VirtualPath) -> TargetAnswer {
        switch ask(.target(path: path.description), within: targetTimeout) {
        case .target(.valid): .valid
        case .target(.partial): .partial
        case .target(.refused(let reason)): .refused(reason.printable)
        case .verdict, .noted, nil: .unknown
        }
    }

    /// nil when no verdict came in time.
    func verdict(session: SessionName, place: VirtualFile, within limit: Duration) -> VerdictSocket.SessionAnswer? {
        let request = VerdictSocket.Request.judge(
            session: session.description, directory: place.path.description, file: place.name.description)
        guard case .verdict(let answer) = ask(request, within: limit) else { return nil }
        return VerdictSocket.SessionAnswer(outcome: answer.outcome, lines: answer.lines.map(\.printable))
    }

    /// Only wakes the intake.
    func tellLanded(_ session: SessionName) {
        _ = ask(.landed(session: session.description), within: targetTimeout)
    }

    /// nil when the intake is away, too slow, or says something else.
    private func ask(_ request: VerdictSocket.Request, within limit: Duration) -> VerdictSocket.Reply? {
        let end = ContinuousClock.now + limit
        // Where nobody takes connections any more, connect(2) would wait for ever.
        let type = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        let number = socket(AF_UNIX, CInt(type), 0)
        guard number >= 0 else { return nil }
        defer { close(number) }
        guard connect(number), let line = try? VerdictSocket.line(request), Bytes.write(line, to: number) else {
            return nil
        }
        var reply: [UInt8] = []
        while reply.count <= VerdictSocket.lineLimit, let piece = Bytes.read(number, until: end), !piece.isEmpty {
            reply += piece
            guard let lineEnd = reply.firstIndex(of: UInt8(ascii: "\n")) else { continue }
            return try? VerdictSocket.message(VerdictSocket.Reply.self, from: reply[..<lineEnd])
        }
        return nil
    }

    private func connect(_ number: CInt) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = Array(socketPath.utf8) + [0]
        let hasRoom = withUnsafeMutableBytes(of: &address.sun_path) { room in
            guard path.count <= room.count else { return false }
            room.copyBytes(from: path)
            return true
        }
        guard hasRoom else { return false }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }
}
