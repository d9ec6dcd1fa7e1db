internal import ArchiveModel
public import Catalog
public import DurableFiles
internal import SystemPackage

/// Carries out what waits in one queue of the catalog.
///
/// It takes rows that the catalog has as wanted, and leaves files in the content store and one transaction for each: published, or
/// refused with words. A crash leaves the row wanted, and perhaps files that nothing refers to.
public struct WishRound<Work: WishWork>: Sendable {
    private let work: Work
    private let catalog: Catalog
    private let store: ContentStore
    private let configuration: WishConfiguration
    private let quotas: QuotaRule
    private let now: @Sendable () -> Int64

    /// - Parameter now: Unix seconds.
    public init(
        _ work: Work, catalog: Catalog, store: ContentStore, configuration: WishConfiguration, quotas: QuotaRule,
        now: @escaping @Sendable () -> Int64
    ) {
        (self.work, self.catalog, self.store) = (work, catalog, store)
        (self.configuration, self.quotas, self.now) = (configuration, quotas, now)
    }

    /// All that is due, one after the other. Nothing while another process is at it.
    /// - Parameter each: is told of each when it is over, before the next begins.
    @discardableResult
    public func run(_ each: @Sendable (WishTurn<Work>) -> Void = { _ in }) async throws -> [WishTurn<Work>] {
        guard try await catalog.nextWish(Work.Wanted.self, now: now()) != nil else { return [] }
        try Durably.makeFolders(configuration.folder, sync: .later)
        // Let go of by the kernel, too, however this process ends.
        let lock = try Folder(opening: configuration.folder)
        guard try lock.lock(waiting: false) else { return [] }
        defer { try? lock.unlock() }
        var turns: [WishTurn<Work>] = []
        while let wanted = try await catalog.nextWish(Work.Wanted.self, now: now()) {
            try Task.checkCancellation()
            try await catalog.noteTurn(of: wanted)
            let turn = WishTurn<Work>(wanted: wanted, ending: try await carryOut(wanted))
            each(turn)
            turns.append(turn)
        }
        return turns
    }

    /// One that fails by a fault of ours, or of a mirror's, keeps no other from its turn.
    private func carryOut(_ wanted: Work.Wanted) async throws -> WishEnding {
        let files = KeptFiles(store, FreeDisk(configuration))
        do {
            let outcome = try await makeAndPublish(wanted, files)
            await files.forget(catalog)
            return .ended(outcome)
        } catch let cancellation as CancellationError {
            throw cancellation
        } catch {
            await files.forget(catalog)
            return try await ending(of: wanted, after: error)
        }
    }

    private func makeAndPublish(_ wanted: Work.Wanted, _ files: KeptFiles) async throws -> WishOutcome {
        if let end = try await catalog.preview(wanted, quotas: quotas) { return try await settle(wanted, end) }
        try FreeDisk(configuration).require(0, for: "what would be made")
        let made = try await work.make(wanted, files)
        return try await catalog.publish(made, for: wanted, quotas: quotas, now: now()) { [store] in
            try store.contains($0)
        }
    }

    private func settle(_ wanted: Work.Wanted, _ end: WishOutcome) async throws -> WishOutcome {
        guard case .refused(let cause) = end else { return end }
        return try await catalog.giveUp(wanted, because: cause, now: now())
    }

    private func ending(of wanted: Work.Wanted, after error: any Error) async throws -> WishEnding {
        switch error {
        case is WishMistake, is Conflict:
            return .ended(try await settle(wanted, .refused("\(error)")))
        case is WishOvertaken:
            return try await postpone(wanted, configuration.firstPause, error, .overtaken)
        case _ where FullDisk.isCause(of: error):
            return try await ending(of: wanted, withoutRoom: error)
        default:
            let attempts = wanted.history.attempts + 1
            guard attempts < configuration.attempts else {
                return .ended(try await settle(wanted, .refused("It was tried \(attempts) times. \(error)")))
            }
            return try await postpone(wanted, configuration.pause(after: attempts), error, .failure)
        }
    }

    private func ending(of wanted: Work.Wanted, withoutRoom error: any Error) async throws -> WishEnding {
        let since = wanted.history.lacksRoomSince ?? now()
        guard now() - since < configuration.roomWait else {
            let cause = "The service's disk has had no room for it for \((now() - since) / 3600) hours."
            return .ended(try await settle(wanted, .refused(cause)))
        }
        return try await postpone(wanted, configuration.roomPause, error, .room(since: since))
    }

    /// - Parameter pause: seconds.
    private func postpone(
        _ wanted: Work.Wanted, _ pause: Int64, _ cause: any Error, _ delay: WishDelay
    ) async throws -> WishEnding {
        try await catalog.postpone(wanted, until: now() + pause, because: "\(cause)", delay)
        return .postponed("\(cause)")
    }
}
