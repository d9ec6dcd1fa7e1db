internal import ArchiveModel

/// Which archives failed lately, and how long each is left alone.
struct RetryPauses {
    private struct Pause {
        var failures: Int
        var end: ContinuousClock.Instant
    }

    private let first: Duration
    private let longest: Duration
    private var pauses: [ArchiveReference: Pause] = [:]

    init(first: Duration, longest: Duration) {
        self.first = first
        self.longest = longest
    }

    func isPaused(_ archive: ArchiveReference, at now: ContinuousClock.Instant) -> Bool {
        pauses[archive].map { now < $0.end } ?? false
    }

    /// - Returns: how long the archive is left alone.
    @discardableResult
    mutating func noteFailure(of archive: ArchiveReference, at now: ContinuousClock.Instant) -> Duration {
        let failures = (pauses[archive]?.failures ?? 0) + 1
        let pause = min(longest, first * (1 << min(failures - 1, 20)))
        pauses[archive] = Pause(failures: failures, end: now + pause)
        return pause
    }

    mutating func noteSuccess(of archive: ArchiveReference) { pauses[archive] = nil }
}
