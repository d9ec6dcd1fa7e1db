/// How long it is tried to make a source once more.
public struct SourceRebuildConfiguration: Sendable {
    /// How often; with the pauses between, most of a day: what stands in the way is a full disk, or a machine out of processes.
    public var attempts: Int64 = 12
    /// Seconds before the second attempt; each pause is twice the one before, up to `longestPause`.
    public var firstPause: Int64 = 60
    public var longestPause: Int64 = 6 * 3600

    public init() {}

    /// Seconds.
    /// - Parameter attempts: that have failed.
    func pause(after attempts: Int64) -> Int64 {
        min(longestPause, firstPause << min(max(attempts - 1, 0), 20))
    }
}
