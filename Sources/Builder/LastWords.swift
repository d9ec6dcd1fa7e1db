internal import Synchronization

/// The last lines a program said, for the sentence that tells why it failed.
final class LastWords: Sendable {
    private static let limit = 5
    private let lines = Mutex<[String]>([])

    func add(_ line: String) {
        lines.withLock { lines in
            lines.append(line)
            if lines.count > Self.limit { lines.removeFirst() }
        }
    }

    var text: String { lines.withLock { $0.joined(separator: " / ") } }
}
