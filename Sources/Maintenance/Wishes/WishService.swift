internal import ArchiveModel
internal import Catalog
public import Logging
public import ServiceLifecycle

/// Carries out wishes of one kind when it is woken, and at intervals those that are tried again, until it is told to stop.
public struct WishService<Work: WishWork>: Service {
    private let round: WishRound<Work>
    private let logger: Logger
    private let settled: @Sendable () -> Void
    private let turns: Turns

    /// - Parameters:
    ///   - interval: between looks when nobody wakes it.
    ///   - settled: wakes the stages that go on from what was done, after each.
    public init(
        _ round: WishRound<Work>, interval: Duration = .seconds(300), logger: Logger,
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
            try await round.run { turn in
                settled()
                log(turn)
            }
        } catch is CancellationError {
        } catch {
            logger.error("\(Work.words.all) broke off; they are tried again.", metadata: ["cause": "\(error)"])
        }
    }

    private func log(_ turn: WishTurn<Work>) {
        let (wanted, words) = (turn.wanted, Work.words)
        let metadata: Logger.Metadata = ["archive": "\(wanted.archive.reference)", "source": "\(wanted.title)"]
        switch turn.ending {
        case .ended(.done(let sentence)): logger.info("\(words.done): \(sentence)", metadata: metadata)
        case .ended(.refused(let cause)): logger.notice("not \(words.done): \(cause)", metadata: metadata)
        case .ended(.withdrawn): logger.info("\(words.one) is not wanted any more.", metadata: metadata)
        case .postponed(let cause):
            logger.error("\(words.one) has to be tried again: \(cause)", metadata: metadata)
        }
    }
}
