public import SystemPackage

/// How often wishes of one kind are tried, and what stays free.
public struct WishConfiguration: Sendable {
    /// Locked by the one process that carries them out; on the disk that they fill.
    public var folder: FilePath
    /// Bytes of the disk that stay free: the rest of the service works on, and what is wanted waits.
    public var freeDisk: Int64 = 1 << 30
    /// Seconds until what waits for room on the disk is looked at again: an admin makes room, or maintenance.
    public var roomPause: Int64 = 1800
    /// Seconds that it waits for room until it is given up: perhaps the disk will never have that much.
    public var roomWait: Int64 = 7 * 86_400
    /// How often it is tried: with the pauses between, about two days, as a mirror may be away over a weekend's night, and a
    /// machine out of processes.
    public var attempts: Int64 = 12
    /// Seconds before the second attempt; each pause is twice the one before, up to `longestPause`.
    public var firstPause: Int64 = 60
    public var longestPause: Int64 = 6 * 3600

    public init(folder: FilePath) { self.folder = folder }

    /// Seconds.
    /// - Parameter attempts: that have failed.
    func pause(after attempts: Int64) -> Int64 {
        min(longestPause, firstPause << min(max(attempts - 1, 0), 20))
    }
}
