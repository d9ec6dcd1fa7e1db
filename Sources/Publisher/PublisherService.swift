internal import ArchiveModel
internal import Catalog
internal import Logging
public import ServiceLifecycle

/// Publishes whatever waits, whenever there is a hint and at intervals, until it is told to stop. The suite being
/// published then is finished.
public struct PublisherService: Service {
    private let publisher: ArchivePublisher
    private let configuration: PublisherConfiguration
    private let logger: Logger
    private let wakes: AsyncStream<Void>
    private let waker: AsyncStream<Void>.Continuation

    public init(_ publisher: ArchivePublisher) {
        self.publisher = publisher
        configuration = publisher.configuration
        logger = publisher.logger
        (wakes, waker) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// A hint that a suite may have changed. It only wakes: the catalog says which.
    public func wake() { waker.yield() }

    public func run() async throws {
        await withDiscardingTaskGroup { clock in
            clock.addTask { await wakeAtIntervals() }
            var rounds = Rounds(configuration)
            for await _ in wakes.cancelOnGracefulShutdown() { await publishWaiting(&rounds) }
            clock.cancelAll()
        }
    }

    private func wakeAtIntervals() async {
        while !Task.isCancelled {
            wake()
            try? await Task.sleep(for: configuration.sweepInterval)
        }
    }

    private func publishWaiting(_ rounds: inout Rounds) async {
        do {
            try await publisher.moveWithdrawn()
            let now = ContinuousClock.now
            let due = try await publisher.waiting().filter { !rounds.pauses.isPaused($0.archive.reference, at: now) }
            for report in await publisher.publish(due) { rounds.note(report) }
            if rounds.isSweepDue(at: now) { try await publisher.sweepPools() }
        } catch {
            logger.error("the catalog cannot be asked for waiting suites", metadata: ["cause": "\(error)"])
        }
    }
}

/// What the service remembers from one round to the next.
private struct Rounds {
    var pauses: RetryPauses
    private let sweepInterval: Duration
    private var lastSweep: ContinuousClock.Instant?

    init(_ configuration: PublisherConfiguration) {
        pauses = RetryPauses(first: configuration.firstPause, longest: configuration.longestPause)
        sweepInterval = configuration.poolSweepInterval
    }

    mutating func note(_ report: PublishingReport) {
        if case .failed = report.outcome {
            pauses.noteFailure(of: report.archive, at: .now)
        } else {
            pauses.noteSuccess(of: report.archive)
        }
    }

    mutating func isSweepDue(at now: ContinuousClock.Instant) -> Bool {
        if let lastSweep, now - lastSweep < sweepInterval { return false }
        lastSweep = now
        return true
    }
}
