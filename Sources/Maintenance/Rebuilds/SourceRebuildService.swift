internal import ArchiveModel
internal import Catalog
public import Logging
public import ServiceLifecycle

/// Makes sources once more when it is woken, and at intervals those that are tried again, until it is told to stop.
public struct SourceRebuildService: Service {
    private let round: SourceRebuildRound
    private let logger: Logger
    private let settled: @Sendable () -> Void
    private let turns: Turns

    /// - Parameters:
    ///   - interval: between looks when nobody wakes it.
    ///   - settled: wakes the stages that go on from what was made.
    public init(
        _ round: SourceRebuildRound, interval: Duration = .seconds(300), logger: Logger,
        settled: @escaping @Sendable () -> Void
    ) {
        (self.round, self.logger, self.settled) = (round, logger, settled)
        turns = Turns(interval: interval)
    }

    /// Look: something may be wanted.
    public func wake() { turns.wake() }

    public func run() async throws {
        await turns.run {
            do {
                let results = try await round.run()
                if !results.isEmpty { settled() }
                for result in results { log(result) }
            } catch is CancellationError {
            } catch {
                logger.error("Rebuilds broke off; they are tried again.", metadata: ["cause": "\(error)"])
            }
        }
    }

    private func log(_ result: SourceRebuildRound.Result) {
        let metadata: Logger.Metadata = [
            "archive": "\(result.wanted.archive.reference)", "source": "\(result.wanted.title)",
        ]
        switch result.ending {
        case .ended(.done(let sentence)): logger.info("rebuilt: \(sentence)", metadata: metadata)
        case .ended(.refused(let cause)): logger.notice("not rebuilt: \(cause)", metadata: metadata)
        case .postponed(let cause): logger.error("A rebuild has to be tried again: \(cause)", metadata: metadata)
        }
    }
}
