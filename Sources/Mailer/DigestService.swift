public import ArchiveModel
public import Catalog
internal import DebianControl
public import Logging
public import ServiceLifecycle

/// Queues the admin's digest, once a day at an hour of UTC, and nothing for a day on which nothing happened.
///
/// The letter's identity is the day, so that restarts make no second one, and one that was missed is made up for.
public struct DigestService: Service {
    private let catalog: Catalog
    private let admin: MailAddress
    private let hour: Int64
    private let disks: @Sendable () -> [DigestReport.Disk]
    private let quotas: QuotaRule
    private let logger: Logger
    private let now: @Sendable () -> Int64

    /// How often it looks at the clock, which may be set: a digest may be some minutes late.
    private static let pause = Duration.seconds(300)

    /// - Parameters:
    ///   - hour: 0 to 23, of UTC.
    ///   - disks: what is free now.
    ///   - quotas: of archives that have none of their own.
    ///   - now: Unix seconds.
    public init(
        catalog: Catalog, admin: MailAddress, hour: Int, disks: @escaping @Sendable () -> [DigestReport.Disk],
        quotas: QuotaRule = QuotaRule(), logger: Logger, now: @escaping @Sendable () -> Int64
    ) {
        self.catalog = catalog
        self.admin = admin
        self.hour = Int64(hour)
        self.disks = disks
        self.quotas = quotas
        self.logger = logger
        self.now = now
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            var settled: Int64?
            repeat {
                do {
                    settled = try await queueIfDue(settled: settled)
                } catch {
                    logger.error("The digest could not be made.", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: Self.pause)
            } while !Task.isCancelled
        }
    }

    /// Queues the digest of the last day that is over, unless that was done before or nothing happened.
    /// - Parameter settled: the end of a day that was looked at before.
    /// - Returns: the end of the day that is settled now.
    @discardableResult
    public func queueIfDue(settled: Int64? = nil) async throws -> Int64 {
        let shift = hour * 3600
        let end = (now() - shift) / 86_400 * 86_400 + shift
        let date = UTCDate(secondsSince1970: end)
        let identity = "digest-\(date.year)-\(date.month)-\(date.day)"
        guard settled != end, try await !catalog.hasLetter(identity) else { return end }
        let report = try await catalog.digest(
            since: end - 86_400, until: end, now: now(), disks: disks(), quotas: quotas)
        if !report.isQuiet {
            let letter = Letter(
                to: admin, identity: identity, content: .digest(report), reason: "you are the admin of this service")
            try await catalog.queue([letter], now: now())
        }
        return end
    }
}
