internal import FTPProtocol
internal import NIOCore

/// Who is connected from where, and how often of late. An IPv6 client is its /64: it may choose among that many addresses.
struct AddressLedger: Sendable {
    struct Limits: Sendable {
        var sessions: Int
        var sessionsPerAddress: Int
        var connectionsPerMinute: Int
        /// Whether clients of this machine are counted by address, too.
        var countsLoopback: Bool
    }

    private struct Entry {
        var sessions = 0
        var bucket: TokenBucket
    }

    /// Addresses remembered; when there are more, those that would be let in again anyway are forgotten.
    private static let tableLimit = 20_000

    private let limits: Limits
    private var sessions = 0
    private var entries: [[UInt8]: Entry] = [:]

    init(_ limits: Limits) {
        self.limits = limits
    }

    var sessionsNow: Int { sessions }
    var addressesKnown: Int { entries.count }

    /// Counts a connection, one that is turned away as well, until `leave`. Nil lets it in.
    mutating func enter(_ address: NetworkAddress?, at now: NIODeadline) -> FTPSession.Refusal? {
        sessions += 1
        let refusal = address.flatMap { count($0, at: now) }
        return sessions > limits.sessions ? .full : refusal
    }

    mutating func leave(_ address: NetworkAddress?) {
        sessions -= 1
        if let address { leaveRequest(address) }
    }

    /// The same for a request over a connection that is counted already, without an address.
    mutating func enterRequest(_ address: NetworkAddress, at now: NIODeadline) -> FTPSession.Refusal? {
        count(address, at: now)
    }

    mutating func leaveRequest(_ address: NetworkAddress) {
        entries[address.network]?.sessions -= 1
    }

    private mutating func count(_ address: NetworkAddress, at now: NIODeadline) -> FTPSession.Refusal? {
        guard limits.countsLoopback || !address.isLoopback else { return nil }
        var entry = entries[address.network] ?? Entry(bucket: newBucket(at: now))
        entry.sessions += 1
        let isInTime = entry.bucket.takeIfThere(at: now)
        entries[address.network] = entry
        if entries.count > Self.tableLimit { forget(at: now) }
        guard entry.sessions <= limits.sessionsPerAddress else {
            return .tooManyFromAddress(limit: limits.sessionsPerAddress)
        }
        return isInTime ? nil : .tooOften(perMinute: limits.connectionsPerMinute)
    }

    private func newBucket(at now: NIODeadline) -> TokenBucket {
        let count = Double(limits.connectionsPerMinute)
        return TokenBucket(perSecond: count / 60, burst: count, at: now)
    }

    /// If all are busy, the table is as large as the sessions are many, or as a minute's flood: then it begins anew.
    private mutating func forget(at now: NIODeadline) {
        entries = entries.filter { _, entry in
            var bucket = entry.bucket
            return entry.sessions > 0 || !bucket.isFull(at: now)
        }
        if entries.count > Self.tableLimit { entries = entries.filter { $0.value.sessions > 0 } }
    }
}

extension NetworkAddress {
    fileprivate var network: [UInt8] { Array(bytes.prefix(bytes.count == 4 ? 4 : 8)) }

    fileprivate var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes == Array(repeating: 0, count: 15) + [1]
    }
}
