public import SystemPackage

/// How much an import of a base's source may cost.
public struct ImportConfiguration: Sendable {
    /// For apt's lists and for what is fetched; may be removed while nothing runs.
    public var folder: FilePath
    /// Bytes of one source and its packages: what Debian's largest have without their debug symbols, and a disk bears.
    public var bytes: Int64 = 4 << 30
    /// Bytes of the disk that stay free, the store's copy counted: the rest of the service works on, and what is wanted waits.
    public var freeDisk: Int64 = 1 << 30
    /// Seconds until what waits for room on the disk is looked at again: an admin makes room, or maintenance.
    public var roomPause: Int64 = 1800
    /// Seconds that apt may take for the lists, or the files, of one: a slow mirror brings 4 GiB in half a day.
    public var timeLimit: Int64 = 4 * 3600
    /// How often it is tried: with the pauses between, about two days, as a mirror may be away over a weekend's night.
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
