/// When a mail that could not be delivered is tried again, and when it is given up.
public struct RetryPolicy: Sendable, Hashable {
    /// Before the second attempt. A restarted mail server is back within a minute.
    public var firstPause = Duration.seconds(60)
    /// Pauses double up to this: mail a few hours late is still of use, and a broken server is not hammered.
    public var longestPause = Duration.seconds(4 * 3600)
    /// A mail whose pauses add up to more is dead: five days, as mail servers have it (RFC 5321, section 4.5.4.1).
    public var patience = Duration.seconds(5 * 24 * 3600)

    public init() {}

    /// The pause after this many attempts (1 or more); `nil` when the mail is dead.
    public func pause(afterAttempts attempts: Int64) -> Duration? {
        var pause = firstPause
        var waited = pause
        for _ in 1..<max(1, attempts) where waited <= patience {
            pause = min(pause * 2, longestPause)
            waited += pause
        }
        return waited <= patience ? pause : nil
    }
}
