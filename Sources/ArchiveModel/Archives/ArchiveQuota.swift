/// How much the pool of one archive may have.
public enum ArchiveQuota: Sendable, Hashable {
    /// The service's rule for archives of its kind.
    case standard
    case unlimited
    /// At least 1.
    case bytes(Int64)
}

/// The room in an archive's pool, in bytes.
public struct PoolLimit: Sendable, Hashable {
    public let bytes: Int64
    /// Above this much, it is said that little is left.
    public let warnsAbove: Int64

    /// - Parameter warning: percent of the bytes.
    public init(bytes: Int64, warning: Int64) {
        self.bytes = bytes
        // In this order nothing overflows, and of a few bytes nothing is rounded away.
        warnsAbove = bytes - bytes / 100 * (100 - warning)
    }

    public func isExceeded(by used: Int64) -> Bool { used > bytes }
    public func isNearlyReached(by used: Int64) -> Bool { used > warnsAbove }
    public func free(besides used: Int64) -> Int64 { max(0, bytes - used) }
}

/// What the owner of an archive is told when most of its room is used.
public struct QuotaReport: Sendable, Hashable, Codable {
    public let archive: ArchiveReference
    /// It says by which host name the archive is seen; nil of one that has none of its own.
    public let kind: ArchiveKind?
    /// In bytes, as is the limit.
    public let used: Int64
    public let limit: Int64
    /// What came last: `hello 2.10-3`.
    public let last: String

    public init(archive: ArchiveReference, kind: ArchiveKind? = nil, used: Int64, limit: Int64, last: String) {
        self.archive = archive
        self.kind = kind
        self.used = used
        self.limit = limit
        self.last = last
    }
}
