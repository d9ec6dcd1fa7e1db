/// A command of the older form, about files that wait: `rm`, `cancel`, `reschedule` (debianqueued, dcut(1)).
public enum QueueCommand: Sendable, Hashable, CustomStringConvertible {
    /// Files go; with `everywhere` (`--searchdirs`) wherever they are found first, else where each pattern says.
    case remove([QueueFilePattern], everywhere: Bool)
    /// A delayed upload goes, with all its files.
    case cancel(changes: FileName)
    /// A delayed upload gets another delay, in days.
    case reschedule(changes: FileName, days: Int)

    /// The delays a command or an upload may ask for, in days.
    public static let days = 0...15

    struct Mistake: Error {
        let expected: String
    }

    init(_ text: some StringProtocol) throws(Mistake) {
        let words = text.words
        switch words.first {
        case "rm": self = try Self.remove(words.dropFirst())
        case "cancel": self = .cancel(changes: try Self.changes(words, count: 2))
        case "reschedule":
            let changes = try Self.changes(words, count: 3)
            guard let days = Self.days(words[2]) else { throw Mistake(expected: "a delay from 0-day to 15-day") }
            self = .reschedule(changes: changes, days: days)
        default: throw Mistake(expected: "rm, cancel or reschedule")
        }
    }

    public var description: String {
        switch self {
        case .remove(let patterns, let everywhere):
            (["rm"] + (everywhere ? ["--searchdirs"] : []) + patterns.map(\.description)).joined(separator: " ")
        case .cancel(let changes): "cancel \(changes)"
        case .reschedule(let changes, let days): "reschedule \(changes) \(days)-day"
        }
    }

    private static func remove(_ words: ArraySlice<Substring>) throws(Mistake) -> QueueCommand {
        let everywhere = words.first == "--searchdirs"
        let rest = everywhere ? words.dropFirst() : words
        let patterns = rest.compactMap { QueueFilePattern($0) }
        guard !rest.isEmpty, patterns.count == rest.count else {
            throw Mistake(expected: "rm [--searchdirs] and names that may hold * ? [..] but do not start with *")
        }
        return .remove(patterns, everywhere: everywhere)
    }

    private static func changes(_ words: [Substring], count: Int) throws(Mistake) -> FileName {
        guard words.count == count, let name = FileName(words[1]), NamedUploadFile(name).kind == .changes else {
            throw Mistake(expected: count == 2 ? "cancel NAME.changes" : "reschedule NAME.changes N-day")
        }
        return name
    }

    /// `N-day`; nil for what is no delay, or too long a one.
    public static func days(_ text: Substring) -> Int? {
        guard text.hasSuffix("-day") else { return nil }
        let digits = text.dropLast("-day".count)
        guard 1...2 ~= digits.utf8.count, digits.utf8.allSatisfy(\.isDigit) else { return nil }
        return Int(digits).flatMap { days.contains($0) ? $0 : nil }
    }
}
