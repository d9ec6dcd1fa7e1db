extension DigestReport {
    /// An archive and its room, in bytes.
    public struct ArchiveRoom: Sendable, Hashable, Codable {
        public let archive: ArchiveReference
        public let used: Int64
        /// Nil: none.
        public let limit: Int64?

        public init(archive: ArchiveReference, used: Int64, limit: Int64?) {
            (self.archive, self.used, self.limit) = (archive, used, limit)
        }

        /// Rounded down; of more than a quota, more than 100. The order of the steps keeps it from overflowing.
        public var percent: Int64? {
            limit.map { limit in limit >= 100 ? used / (limit / 100) : 100 * min(used, 1 << 40) / max(limit, 1) }
        }
    }

    /// Which archives take the room.
    public struct Rooms: Sendable, Hashable, Codable {
        /// Percent of its quota above which an archive is named.
        public static let namedAbove: Int64 = 80
        /// As many as a person looks at in a mail.
        public static let namedNearlyFull = 20
        public static let namedLargest = 10

        /// Fullest first.
        public let nearlyFull: [ArchiveRoom]
        /// Besides these.
        public let moreNearlyFull: Int64
        /// Largest first.
        public let largest: [ArchiveRoom]

        public init(nearlyFull: [ArchiveRoom], moreNearlyFull: Int64, largest: [ArchiveRoom]) {
            (self.nearlyFull, self.moreNearlyFull, self.largest) = (nearlyFull, moreNearlyFull, largest)
        }
    }
}
