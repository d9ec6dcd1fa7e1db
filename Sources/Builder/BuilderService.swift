internal import ArchiveModel
public import Catalog
internal import DurableFiles
public import Logging
public import ServiceLifecycle
internal import Synchronization

/// Takes wanted builds, one at a time, and carries them out with sbuild.
///
/// It takes rows in state `wanted`. It leaves a signed upload in `landed` and the row `uploading`; or the row `failed` with
/// a mail to the signer; or, when the machine or the service's stop was the reason, the row `wanted` again. A crash leaves
/// the row `building`, until this worker starts again or the lease runs out, and a scratch folder that its next start
/// removes. It trusts the catalog and sbuild; what the build made is checked like any upload, by the intake.
public final class BuilderService: Service {
    private let parts: BuilderParts
    private let logger: Logger
    /// Suites and architectures (`bookworm/i386`) that this machine could not build for: a missing chroot stops its own
    /// builds and nobody else's.
    private let places: Mutex<Rests<String>>
    /// Builds whose dependencies are still to come.
    private let waiting: Mutex<Rests<Int64>>
    /// Builds that the machine could not carry out. They rest twice as long as their place, so that others have their turn
    /// there before: what a package does to a chroot may look like the machine's fault.
    private let faulty: Mutex<Rests<Int64>>
    private let hints: AsyncStream<Void>
    private let hinting: AsyncStream<Void>.Continuation

    public init(_ parts: BuilderParts, logger: Logger) {
        self.parts = parts
        self.logger = logger
        places = Mutex(Rests(first: parts.configuration.pause, longest: parts.configuration.longestPause))
        waiting = Mutex(Rests(first: parts.configuration.pause, longest: parts.configuration.longestPause))
        faulty = Mutex(Rests(first: parts.configuration.pause * 2, longest: parts.configuration.longestPause * 2))
        (hints, hinting) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Something may be wanted. Never blocks; many hints are one.
    public func hint() { hinting.yield() }

    /// Builds until the service is stopped. A build under way is ended then, and wanted again.
    public func run() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                try await self.takeOver()
                try await withThrowingTaskGroup { group in
                    group.addTask { try await self.hintRegularly() }
                    for await _ in self.hints { try await self.buildWanted() }
                    try await group.waitForAll()
                }
            }
        } catch is CancellationError {}
    }

    private func hintRegularly() async throws {
        while true {
            hint()
            try await Task.sleep(for: parts.configuration.sweep)
        }
    }

    /// Puts right what a predecessor of this name left when it was killed.
    func takeOver() async throws {
        let configuration = parts.configuration
        do {
            let user = try BuildUser.resolve(configuration.buildUser)
            try await BuildFolder.sweep(configuration.work, names: configuration.folderPrefix, user: user)
        } catch {
            logger.error("Scratch folders of the builder could not be swept: \(error)")
        }
        try await parts.catalog.giveBackBuilds(
            ofDead: configuration.worker, attemptsLimit: configuration.attemptsLimit, now: parts.now())
    }

    private func buildWanted() async throws {
        do {
            while try await buildOnce() != nil {}
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            logger.error("The builder could not use the catalog: \(error)")
        }
    }

    /// Carries out the next wanted build.
    /// - Returns: the build as it stands afterwards; `nil` when there was none for this machine.
    @discardableResult
    public func buildOnce() async throws -> BuildRecord? {
        try await giveUpOnExpired()
        guard try await !parts.catalog.isBlocked(parts.key) else {
            logger.error("The builder's key \(parts.key) is blocked: it builds nothing. slipway init makes it another.")
            return nil
        }
        let now = parts.now()
        let ability = BuildAbility(
            architectures: parts.configuration.architectures, except: places.withLock { $0.resting(now: now) },
            exceptBuilds: waiting.withLock { $0.resting(now: now) } + faulty.withLock { $0.resting(now: now) })
        let order = try await parts.catalog.claimBuild(
            by: parts.configuration.worker, key: parts.key, able: ability, lease: parts.leaseEnd, now: now)
        guard let order else { return nil }
        logger.info("Build \(order.record.id) of \(order.record.subject) begins.")
        try await carryOut(order)
        return try await parts.catalog.build(order.record.id)
    }

    private func carryOut(_ order: BuildOrder) async throws {
        let build = order.record.id
        let ending = BuildEnding(order: order, parts: parts, logger: logger)
        do {
            let end = try await BuildAttempt(order: order, parts: parts).carryOut()
            places.withLock { $0.forget(order.record.place) }
            waiting.withLock { if case .waits = end { $0.rest(build, now: parts.now()) } else { $0.forget(build) } }
            faulty.withLock { $0.forget(build) }
            try await ending.end(end)
        } catch {
            if Task.isCancelled {
                try await ending.giveBack()
                throw CancellationError()
            }
            places.withLock { $0.rest(order.record.place, now: parts.now()) }
            faulty.withLock { $0.rest(build, now: parts.now()) }
            try await ending.giveBack(error)
        }
    }

    private func giveUpOnExpired() async throws {
        let limit = parts.configuration.attemptsLimit
        try await parts.catalog.giveBackExpiredBuilds(attemptsLimit: limit, now: parts.now())
        for build in try await parts.catalog.buildsGivenUp(attemptsLimit: limit, now: parts.now()) {
            try await BuildEnding.giveUp(build, parts)
        }
    }
}

extension BuildRecord {
    /// What a chroot is for: `bookworm/i386`.
    var place: String { "\(suite)/\(architecture)" }
    var subject: String { "\(package) \(packageVersion) on \(architecture) for \(archive) \(suite)" }
}
