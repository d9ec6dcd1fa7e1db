internal import FTPProtocol
internal import Testing

/// A dialogue in text. `C:` is a line of the client, `S:` a line of ours, `>` what the session wants done, `<` how that
/// ended; `!` is something that happens to it (idle, stop). A line of ours may end in `…`: the rest is free.
struct Transcript {
    var session: FTPSession
    private var due: [String] = []

    init(passiveAddress: String? = "192.0.2.1", isFull: Bool = false) {
        let address = passiveAddress.flatMap(IPv4Octets.init)
        session = FTPSession(.init(service: "packages.example.org", session: "S1", passiveAddress: address))
        take(session.begin(isFull: isFull))
    }

    mutating func run(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        for line in text.split(separator: "\n").map({ $0.drop(while: \.isWhitespace) }) {
            let content = String(line.dropFirst(2).drop(while: \.isWhitespace))
            switch line.prefix(2) {
            case "C:": take(session.receive(.text(Array(content.utf8))))
            case "< ": take(session.finish(try #require(FTPSession.Outcome(transcript: content))))
            case "! ": take(content == "idle" ? session.idle() : session.stop())
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

extension FTPReply {
    fileprivate var transcriptLines: [String] {
        serialized.split(separator: "\r\n").map { "S: \($0)" }
    }
}

extension FTPSession.Action {
    fileprivate var transcriptLines: [String] {
        switch self {
        case .send(let reply): reply.transcriptLines
        case .begin(.ask(let path)): ["> ask \(path.absolute)"]
        case .begin(.listen): ["> listen"]
        case .begin(.receive(let name, let path)): ["> receive \(name) at \(path.absolute)"]
        case .begin(.judge(let name, let path)): ["> judge \(name) at \(path.absolute)"]
        case .stopReceiving: ["> stop receiving"]
        case .close: ["> close"]
        }
    }
}

extension FTPSession.Outcome {
    fileprivate init?(transcript text: String) {
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        let rest = parts.count > 1 ? parts[1] : ""
        let failures: [String: StoreFailure] = [
            "no data connection": .noDataConnection, "cut": .cut, "aborted": .aborted, "session full": .sessionFull,
            "file too large": .fileTooLarge(limit: 10), "name taken": .nameTaken, "disk full": .diskFull,
            "failed": .failed,
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
        default:
            guard let failure = failures[text] else { return nil }
            self = .notStored(failure)
        }
    }
}
