internal import NIOCore

/// How fast a client speaks on its control connection. Bytes that never become a line are work, too, so that so many of
/// them count as a command.
struct CommandPace {
    /// The longest line that clients send, and the most that is read at once.
    private static let bytesPerCommand = 1024
    /// So much may come in advance.
    private static let burstSeconds = 5.0

    private var bucket: TokenBucket

    init(perSecond rate: Int, at now: NIODeadline) {
        bucket = TokenBucket(perSecond: Double(rate), burst: Double(rate) * Self.burstSeconds, at: now)
    }

    mutating func note(lines: Int, bytes: Int, at now: NIODeadline) {
        _ = bucket.take(max(lines, (bytes + Self.bytesPerCommand - 1) / Self.bytesPerCommand), at: now)
    }

    /// How long the client is not heard.
    mutating func pause(at now: NIODeadline) -> TimeAmount { bucket.take(0, at: now) }
}
