internal import FTPProtocol
internal import Testing

/// A dialogue in text. `C:` is a line of the client, `S:` a line of ours, `>` what the session wants done, `<` how that
/// ended; `!` is something that happens to it (idle, stop, hang up, secured). A line of ours may end in `…`: the rest is free.
struct Transcript {
    var session: FTPSession
    private var due: [String] = []

    init(
        passiveAddress: String? = "192.0.2.1", activePeer: String? = nil, refusing refusal: FTPSession.Refusal? = nil,
        protection: Protection = .init(isOffered: false)
    ) {
        session = FTPSession(
            .init(
                service: "packages.example.org", session: "S1",
                passiveAddress: passiveAddress.flatMap(IPv4Octets.init),
                activePeer: activePeer.flatMap(NetworkAddress.init), protection: protection))
        take(session.begin(refusing: refusal))
    }

    mutating func run(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        for line in text.split(separator: "\n").map({ $0.drop(while: \.isWhitespace) }) {
            let content = String(line.dropFirst(2).drop(while: \.isWhitespace))
            switch line.prefix(2) {
            case "C:": take(session.receive(.text(Array(content.utf8))))
            case "< ": take(session.finish(try #require(FTPSession.Outcome(transcript: content))))
            case "! " where content == "secured": session.secured()
            case "! ": take(session.meet(content))
            default: try expect(String(line), sourceLocation)
            }
        }
        #expect(due == [], "said or wanted, and not in the transcript", sourceLocation: sourceLocation)
    }

    private mutating func take(_ actions: [FTPSession.Action]) {
        due += actions.flatMap(\.transcriptLines)
    }

    private mutating func expect(_ line: String, _ sourceLocation: SourceLocation) throws {
        try #require(!due.isEmpty, "nothing was said: \(line)", sourceLocation: sourceLocation)
        let actual = due.removeFirst()
        let agrees = line.hasSuffix("…") ? actual.hasPrefix(line.dropLast()) : actual == line
        #expect(agrees, "\(actual) is not \(line)", sourceLocation: sourceLocation)
    }
}

extension FTPSession {
    /// Something that happens to it.
    fileprivate mutating func meet(_ event: String) -> [Action] {
        switch event {
        case "idle": idle()
        case "stop": stop()
        case "expire": expire()
        case "hang up": inputEnded()
        default: loginExpired()
        }
    }
}

extension FTPReply {
    fileprivate var transcriptLines: [String] {
        serialized.split(separator: "\r\n").map { "S: \($0)" }
    }
}

extension FTPSession.Action {
    fileprivate var transcriptLines: [String] {
        switch self {
        case .send(let reply): reply.transcriptLines
        case .begin(let work): ["> \(work.transcript)"]
        case .stopReceiving: ["> stop receiving"]
        case .startTLS: ["> start TLS"]
        case .protectData(let protects): ["> \(protects ? "encrypt" : "do not encrypt") data"]
        case .close: ["> close"]
        }
    }
}

extension FTPSession.Work {
    fileprivate var transcript: String {
        switch self {
        case .ask(let path): "ask \(path.absolute)"
        case .listen: "listen"
        case .receive(let file, .start, let way): "receive \(file)\(way.transcript)"
        case .receive(let file, .offset(let offset), let way): "receive \(file) from \(offset)\(way.transcript)"
        case .receive(let file, .end, let way): "receive \(file) at its end\(way.transcript)"
        case .send(let bytes, let way):
            "send\(way.transcript) "
                + String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").joined(separator: "|")
        case .judge(let file): "judge \(file)"
        case .look(let subject):
            "look "
                + [subject.folder.map(\.absolute), subject.file?.description].compactMap(\.self).joined(
                    separator: " or ")
        case .change(.remove(let file)): "remove \(file)"
        case .change(.rename(let file, let new)): "rename \(file) to \(new)"
        case .change(.setTime(let file, let time)): "date \(file) \(time)"
        case .change(.removeFolder(let path)): "remove folder \(path.absolute)"
        }
    }
}

extension FTPSession.DataWay {
    fileprivate var transcript: String {
        switch self {
        case .passive: ""
        case .active(let port): " to port \(port)"
        }
    }
}

extension FileFacts {
    /// From `name size`; the time is always the same.
    fileprivate init(transcript text: Substring) {
        let parts = text.split(separator: " ")
        self.init(
            name: String(parts[0]), size: Int64(parts[1]) ?? 0, modified: FTPTime(seconds: 1_795_215_312),
            isFolder: parts[0].hasSuffix("/"))
    }
}

extension FTPSession.Outcome {
    fileprivate init?(transcript text: String) {
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        let rest = parts.count > 1 ? parts[1] : ""
        let failures: [String: StoreFailure] = [
            "no data connection": .noDataConnection, "cut": .cut, "aborted": .aborted, "session full": .sessionFull,
            "file too large": .fileTooLarge(limit: 10), "name taken": .nameTaken, "disk full": .diskFull,
            "nothing there": .nothingThere(size: 5), "absent": .absent, "not empty": .notEmpty, "failed": .failed,
        ]
        switch parts[0] {
        case "valid": self = .target(.valid)
        case "partial": self = .target(.partial)
        case "unknown": self = .target(.unknown)
        case "refused": self = .target(.refused(rest))
        case "listening": self = .listening(port: 1025)
        case "deaf": self = .notListening
        case "stored": self = .stored
        case "taken": self = .judged(.taken(rest.split(separator: "|").map(String.init)))
        case "rejected": self = .judged(.refused(rest.split(separator: "|").map(String.init)))
        case "broken": self = .judged(.failed([rest]))
        case "later": self = .judged(.later)
        case "sent": self = .sent
        case "not-sent": self = .notSent(.cut)
        case "entry": self = .file(FileFacts(transcript: rest[...]))
        case "entries": self = .folder(rest.split(separator: "|").map { FileFacts(transcript: $0) })
        case "not-found": self = .notFound
        case "changed": self = .changed
        case "not-changed": self = .notChanged(failures[rest] ?? .failed)
        default:
            guard let failure = failures[text] else { return nil }
            self = .notStored(failure)
        }
    }
}
