internal import ArchiveModel
public import Catalog
public import Logging
public import ServiceLifecycle

/// Empties the outbox: takes due letters from the catalog, puts them into words, hands them to the transport.
///
/// A letter is marked as sent only after the transport took it, so a crash repeats a delivery and loses none; what makes
/// the repeated mail the same one is its Message-ID, and in a Maildir its file name. Any number of mailers may work on
/// one catalog: a letter is claimed by one of them.
public struct MailerService: Service {
    /// What became of the letters of one round.
    public struct Round: Sendable, Equatable {
        public var sent = 0
        public var postponed = 0
        public var dead = 0
    }

    let catalog: Catalog
    let transport: any MailTransport
    let writer: LetterWriter
    let configuration: MailerConfiguration
    let logger: Logger
    let now: @Sendable () -> Int64
    private let hints = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

    /// - Parameter now: the time, in Unix seconds.
    /// - Throws: `TemplateMistake`.
    public init(
        catalog: Catalog, transport: any MailTransport, configuration: MailerConfiguration, logger: Logger,
        now: @escaping @Sendable () -> Int64
    ) throws {
        self.catalog = catalog
        self.transport = transport
        self.writer = try LetterWriter(configuration)
        self.configuration = configuration
        self.logger = logger
        self.now = now
    }

    /// A hint: letters were queued.
    public func wake() { hints.continuation.yield() }

    /// Delivers until it is told to shut down. Deliveries under way come to their end first.
    public func run() async throws {
        await withDiscardingTaskGroup { group in
            group.addTask { await sweep() }
            var alarm = Int64.min
            for await _ in hints.stream.cancelOnGracefulShutdown() {
                await deliverWhatIsDue()
                guard let due = await dueBeforeSweep(), alarm <= now() || due < alarm else { continue }
                alarm = due
                group.addTask { await wake(at: due) }
            }
            group.cancelAll()
        }
    }

    /// When the next letter is due that no sweep would find in time.
    private func dueBeforeSweep() async -> Int64? {
        guard let due = try? await catalog.nextLetterDue() else { return nil }
        // What has become due meanwhile is looked at in a second: it may be one that cannot be had.
        let (now, later) = (now(), max(due, now() + 1))
        return later - now < configuration.sweepInterval.components.seconds ? later : nil
    }

    private func wake(at due: Int64) async {
        try? await Task.sleep(for: .seconds(due - now()))
        wake()
    }

    /// The outbox is the truth and a hint may be missed: letters of other processes, letters whose pause is over.
    private func sweep() async {
        repeat {
            wake()
            try? await Task.sleep(for: configuration.sweepInterval)
        } while !Task.isCancelled
    }

    private func deliverWhatIsDue() async {
        do {
            try await deliverDue()
        } catch {
            logger.error("The outbox could not be read; the next sweep tries again.", metadata: ["error": "\(error)"])
        }
    }

    /// Delivers everything that is due now and returns.
    @discardableResult
    public func deliverDue() async throws -> Round {
        var round = Round()
        while !Task.isShuttingDownGracefully {
            let lease = now() + configuration.lease.components.seconds
            let claimed = try await catalog.claimDueLetters(
                limit: configuration.deliveriesAtOnce, lease: lease, now: now(), rate: configuration.rate,
                token: EnvelopeSender.newToken)
            if claimed.isEmpty { break }
            for outcome in try await deliver(claimed) { round.count(outcome) }
        }
        await transport.rest()
        return round
    }

    private func deliver(_ entries: [OutboxEntry]) async throws -> [OutboxEntry.State] {
        try await withThrowingTaskGroup(of: OutboxEntry.State.self) { deliveries in
            for entry in entries { deliveries.addTask { try await deliver(entry) } }
            return try await deliveries.reduce(into: []) { $0.append($1) }
        }
    }
}

extension MailerService.Round {
    mutating func count(_ outcome: OutboxEntry.State) {
        switch outcome {
        case .sent: sent += 1
        case .queued: postponed += 1
        case .dead: dead += 1
        }
    }
}
