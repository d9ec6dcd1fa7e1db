/// What the admin is told once a day.
public struct DigestReport: Sendable, Hashable, Codable {
    public struct Count: Sendable, Hashable, Codable {
        public let what: String
        public let count: Int64

        public init(_ what: String, _ count: Int64) {
            self.what = what
            self.count = count
        }
    }

    /// What waits.
    public struct Queue: Sendable, Hashable, Codable {
        public let what: String
        public let length: Int64
        /// How long the first of it has waited, in seconds.
        public let age: Int64?

        public init(_ what: String, length: Int64, age: Int64?) {
            self.what = what
            self.length = length
            self.age = age
        }
    }

    public struct Disk: Sendable, Hashable, Codable {
        public let path: String
        /// In bytes.
        public let free: Int64
        /// So many bytes stay free: with less, uploads or builds wait. Nil where nobody has said.
        public let floor: Int64?

        public init(path: String, free: Int64, floor: Int64? = nil) {
            self.path = path
            self.free = free
            self.floor = floor
        }

        public var isShort: Bool { floor.map { free < $0 } ?? false }
    }

    /// Unix seconds.
    public let since: Int64
    public let until: Int64
    /// Uploads by verdict, and builds by their end; none that is zero.
    public let counts: [Count]
    /// By code.
    public let ignored: [Count]
    /// Ours to mend: uploads that failed, mails that were given up, and what else stands still. A sentence each.
    public let failures: [String]
    public let queues: [Queue]
    public let disks: [Disk]
    /// Nil of letters from before there was that.
    public let rooms: Rooms?

    public init(
        since: Int64, until: Int64, counts: [Count], ignored: [Count], failures: [String], queues: [Queue],
        disks: [Disk], rooms: Rooms? = nil
    ) {
        self.since = since
        self.until = until
        self.counts = counts
        self.ignored = ignored
        self.failures = failures
        self.queues = queues
        self.disks = disks
        self.rooms = rooms
    }

    /// Nothing happened, nothing failed, and there is room.
    public var isQuiet: Bool {
        counts.isEmpty && ignored.isEmpty && failures.isEmpty && !disks.contains(where: \.isShort)
    }
}
