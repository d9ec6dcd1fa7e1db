internal import ArchiveModel
internal import Catalog
public import Logging
public import ServiceLifecycle

/// Carries out imports when it is woken, and at intervals those that are tried again, until it is told to stop.
public struct ImportService: Service {
    private let round: ImportRound
    private let logger: Logger
    private let settled: @Sendable () -> Void
    private let turns: Turns

    /// - Parameters:
    ///   - interval: between looks when nobody wakes it.
    ///   - settled: wakes the stages that go on from what was imported.
    public init(
        _ round: ImportRound, interval: Duration = .seconds(300), logger: Logger,
        settled: @escaping @Sendable () -> Void
    ) {
        (self.round, self.logger, self.settled) = (round, logger, settled)
        turns = Turns(interval: interval)
    }

    /// Look: something may be wanted.
    public func wake() { turns.wake() }

    public func run() async throws { await turns.run { await look() } }

    private func look() async {
        do {
            let results = try await round.run()
            if !results.isEmpty { settled() }
            for result in results { log(result) }
        } catch is CancellationError {
        } catch {
            logger.error("Imports broke off; they are tried again.", metadata: ["cause": "\(error)"])
        }
    }

    private func log(_ result: ImportRound.Result) {
        let wanted = result.wanted
        let metadata: Logger.Metadata = [
            "archive": "\(wanted.archive.reference)", "source": "\(wanted.source.name) \(wanted.source.version)",
        ]
        switch result.ending {
        case .ended(.done(let sentence)): logger.info("imported: \(sentence)", metadata: metadata)
        case .ended(.refused(let cause)): logger.notice("not imported: \(cause)", metadata: metadata)
        case .postponed(let cause): logger.error("An import has to be tried again: \(cause)", metadata: metadata)
        }
    }
}
