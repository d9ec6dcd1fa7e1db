internal import NIOCore

/// So many of something in a time, with some in advance: what is not used is saved, up to the burst.
struct TokenBucket: Sendable {
    let perSecond: Double
    let burst: Double
    private var tokens: Double
    private var filledAt: NIODeadline

    init(perSecond: Double, burst: Double, at now: NIODeadline) {
        self.perSecond = perSecond
        self.burst = burst
        tokens = burst
        filledAt = now
    }

    /// Takes some, on credit if need be; how long to wait until the debt is paid.
    mutating func take(_ count: Int = 1, at now: NIODeadline) -> TimeAmount {
        fill(at: now)
        tokens -= Double(count)
        return tokens >= 0 ? .zero : .nanoseconds(Int64(-tokens / perSecond * 1e9))
    }

    /// Takes one if there is one.
    mutating func takeIfThere(at now: NIODeadline) -> Bool {
        fill(at: now)
        guard tokens >= 1 else { return false }
        tokens -= 1
        return true
    }

    mutating func isFull(at now: NIODeadline) -> Bool {
        fill(at: now)
        return tokens >= burst
    }

    private mutating func fill(at now: NIODeadline) {
        guard now > filledAt else { return }
        tokens = min(burst, tokens + Double((now - filledAt).nanoseconds) / 1e9 * perSecond)
        filledAt = now
    }
}
