public import ArchiveModel
public import Catalog

/// Reads the base of a suite and has it brought in, alone; nil while another process reads the bases.
/// - Throws: what keeps it from being read, in a sentence.
public typealias BaseReader =
    @Sendable (SuiteDescription, @Sendable (Set<BaseSource>) async throws -> BaseChange) async throws -> BaseChange?

/// What has to be done from time to time, once: the bases are read, and what follows from them is done.
public struct MaintenanceRound: Sendable {
    private let catalog: Catalog
    private let readBase: BaseReader
    private let now: @Sendable () -> Int64
    /// When keys expire, in Unix seconds; of those that do.
    public var keyExpiries: @Sendable () async throws -> [Fingerprint: Int64] = { [:] }
    public var goneBases = GoneBaseRule()
    /// Seconds that PPAs wait for builds of their distribution's archive until their people are told.
    public var buildsAwaited = Catalog.buildsAwaited
    /// For what PPAs get from archives here.
    public var quotas = QuotaRule()
    /// Nil: no bytes are removed.
    public var unneededBytes: UnneededBytes?
    /// Nil: no keys are removed.
    public var strangeKeys: StrangeKeys?

    /// - Parameter now: Unix seconds.
    public init(catalog: Catalog, now: @escaping @Sendable () -> Int64, readBase: @escaping BaseReader) {
        self.catalog = catalog
        self.readBase = readBase
        self.now = now
    }

    /// One base that cannot be read keeps nothing else from being done: its former picture is used.
    public func run() async throws -> MaintenanceReport {
        var bases: [MaintenanceReport.Base] = []
        for suite in try await catalog.suites() {
            try Task.checkCancellation()
            bases.append(MaintenanceReport.Base(suite: suite, outcome: try await read(suite)))
        }
        var report = MaintenanceReport(bases: bases)
        report.newer = try await carryOut("what is newer in the bases", &report, else: []) {
            try await catalog.settleNewerInBase(quotas: quotas, now: now())
        }
        report.goneBases = try await carryOut("looking after bases that are gone", &report, else: []) {
            try await catalog.settleGoneBases(goneBases, now: now())
        }
        report.awaitedBuilds = try await carryOut("telling of builds that PPAs wait for", &report, else: []) {
            try await catalog.tellOfAwaitedBuilds(after: buildsAwaited, now: now())
        }
        report.reminders = try await carryOut("reminding", &report, else: 0) {
            try await catalog.remindOfRights(now: now()) + catalog.remindOfKeys(keyExpiries(), now: now())
        }
        report.removedFiles = try await carryOut("removing bytes that nobody needs", &report, else: 0) {
            try await unneededBytes?.remove(round: now() / Self.roundLength, now: now()) ?? 0
        }
        report.removedKeys = try await carryOut("removing keys that nobody has", &report, else: 0) {
            try await strangeKeys?.remove() ?? 0
        }
        return report
    }

    /// Seconds after which another part of the store is looked through.
    private static let roundLength: Int64 = 6 * 3600

    /// One thing that fails keeps nothing else from being done.
    private func carryOut<Result>(
        _ what: String, _ report: inout MaintenanceReport, else nothing: Result, _ body: () async throws -> Result
    ) async throws -> Result {
        try Task.checkCancellation()
        do {
            return try await body()
        } catch let cancellation as CancellationError {
            throw cancellation
        } catch {
            report.faults.append("\(what): \(error)")
            return nothing
        }
    }

    private func read(_ suite: SuiteDescription) async throws -> MaintenanceReport.Outcome {
        do {
            let change = try await readBase(suite) { try await catalog.setBase($0, of: suite, now: now()) }
            return change.map { .read($0) } ?? .busy
        } catch let cancellation as CancellationError {
            throw cancellation
        } catch {
            try await catalog.setBaseFault("\(error)", of: suite, rule: goneBases, now: now())
            return .fault("\(error)")
        }
    }
}

/// What one round did.
public struct MaintenanceReport: Sendable {
    public enum Outcome: Sendable {
        case read(BaseChange)
        /// Another process reads the bases.
        case busy
        /// One or more sentences.
        case fault(String)
    }

    public struct Base: Sendable {
        public let suite: SuiteDescription
        public let outcome: Outcome
    }

    public let bases: [Base]
    /// What was told to the people of PPAs.
    public var newer: [NewerInBase] = []
    /// What became of PPAs whose bases are gone, in sentences.
    public var goneBases: [String] = []
    /// What PPAs wait for longer than they should, in sentences; each is told once.
    public var awaitedBuilds: [String] = []
    /// Letters about rights and keys that end.
    public var reminders = 0
    /// Of the content store.
    public var removedFiles = 0
    /// Of the keyring.
    public var removedKeys = 0
    /// What could not be done, and why.
    public var faults: [String] = []
}
