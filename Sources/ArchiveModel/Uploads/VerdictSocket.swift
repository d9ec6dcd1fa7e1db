internal import FoundationEssentials

/// The conversation of gateway and intake over a local stream socket: a JSON object a line, one reply to each request,
/// in order. The gateway asks; nothing it says is trusted beyond naming a file below `jail/`.
public enum VerdictSocket {
    /// The socket's name directly inside the jail folder.
    public static let name = "verdict.socket"
    /// The longest line, in bytes: a verdict with hundreds of findings stays below it.
    public static let lineLimit = 1 << 20

    public enum Request: Codable, Sendable, Equatable {
        /// What does this upload path mean? `path` has no leading or trailing slash.
        case target(path: String)
        /// Judge `incoming/<session>/<directory>/<file>`, which is complete and durable.
        case judge(session: String, directory: String, file: String)
        /// `landed/<session>` is there now. A hint: it only wakes.
        case landed(session: String)
    }

    public enum Reply: Codable, Sendable, Equatable {
        case target(TargetAnswer)
        case verdict(SessionAnswer)
        case noted
    }

    public enum TargetAnswer: Codable, Sendable, Equatable {
        case valid
        /// May become a target when more components follow.
        case partial
        /// With the reason, a sentence for the client.
        case refused(String)
    }

    /// What the client is told as the answer to its STOR.
    public struct SessionAnswer: Codable, Sendable, Equatable {
        public let outcome: Verdict.Outcome
        /// Printable text, a line each, without line ends.
        public let lines: [String]

        public init(outcome: Verdict.Outcome, lines: [String]) {
            self.outcome = outcome
            self.lines = lines
        }
    }

    /// The message as one line with its line end.
    public static func line(_ message: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try Array(encoder.encode(message)) + [UInt8(ascii: "\n")]
    }

    public static func message<Message: Decodable>(_ type: Message.Type, from line: some Sequence<UInt8>) throws
        -> Message
    {
        try JSONDecoder().decode(type, from: Data(line))
    }
}
