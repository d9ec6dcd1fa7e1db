internal import ArchiveModel
internal import Catalog
public import Logging
public import ServiceLifecycle

/// Runs a round at the start and at intervals, until it is told to stop.
public struct MaintenanceService: Service {
    private let round: MaintenanceRound
    private let interval: Duration
    private let logger: Logger
    private let settled: @Sendable () -> Void

    /// - Parameter settled: wakes the stages that go on from what a round did.
    public init(
        _ round: MaintenanceRound, interval: Duration, logger: Logger, settled: @escaping @Sendable () -> Void
    ) {
        self.round = round
        self.interval = interval
        self.logger = logger
        self.settled = settled
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            repeat {
                await runOnce()
                try? await Task.sleep(for: interval)
            } while !Task.isCancelled
        }
    }

    private func runOnce() async {
        do {
            let report = try await round.run()
            let told = report.goneBases + report.awaitedBuilds
            if !report.newer.isEmpty || report.reminders > 0 || !told.isEmpty { settled() }
            for sentence in told { logger.notice("\(sentence)") }
            for fault in report.faults {
                logger.error("Maintenance could not do all.", metadata: ["cause": "\(fault)"])
            }
            if report.removedFiles > 0 {
                logger.info("Files that nobody needs are removed.", metadata: ["files": "\(report.removedFiles)"])
            }
            if report.removedKeys > 0 {
                logger.notice("Keys that nobody has are removed.", metadata: ["keys": "\(report.removedKeys)"])
            }
            for base in report.bases { log(base) }
        } catch is CancellationError {
        } catch {
            logger.error("Maintenance broke off; it is tried again.", metadata: ["cause": "\(error)"])
        }
    }

    private func log(_ base: MaintenanceReport.Base) {
        let place: Logger.Metadata = ["suite": "\(base.suite.distribution)/\(base.suite.name)"]
        switch base.outcome {
        case .busy: logger.info("Another process reads the bases.", metadata: place)
        case .read(let change):
            let counts: Logger.Metadata = [
                "sources": "\(change.sources)", "added": "\(change.added)", "removed": "\(change.removed)",
            ]
            logger.info("A base was read.", metadata: place.merging(counts) { one, _ in one })
        case .fault(let fault):
            logger.error("A base cannot be read.", metadata: place.merging(["cause": "\(fault)"]) { one, _ in one })
        }
    }
}
