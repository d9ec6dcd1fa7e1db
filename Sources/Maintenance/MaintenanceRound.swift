public import ArchiveModel
public import BaseMirror
public import Catalog
internal import Logging

/// What has to be done from time to time, once: the bases are read, and what follows from them is done.
public struct MaintenanceRound: Sendable {
    private let catalog: Catalog
    private let mirror: BaseMirror
    private let now: @Sendable () -> Int64

    /// - Parameter now: Unix seconds.
    public init(catalog: Catalog, mirror: BaseMirror, now: @escaping @Sendable () -> Int64) {
        self.catalog = catalog
        self.mirror = mirror
        self.now = now
    }

    /// One base that cannot be read keeps nothing else from being done: its former picture is used.
    public func run() async throws -> MaintenanceReport {
        var bases: [MaintenanceReport.Base] = []
        for suite in try await catalog.suites() {
            try Task.checkCancellation()
            bases.append(MaintenanceReport.Base(suite: suite, outcome: try await read(suite)))
        }
        return MaintenanceReport(bases: bases, newer: try await catalog.settleNewerInBase(now: now()))
    }

    private func read(_ suite: SuiteDescription) async throws -> MaintenanceReport.Outcome {
        do {
            let sources = try await mirror.sources(of: suite.name, in: suite.distribution, from: suite.baseSources)
            let change = try await catalog.setBase(sources, of: suite, now: now())
            return .read(sources: sources.count, change)
        } catch let cancellation as CancellationError {
            throw cancellation
        } catch {
            try await catalog.setBaseFault("\(error)", of: suite)
            return .fault("\(error)")
        }
    }
}

/// What one round did.
public struct MaintenanceReport: Sendable {
    public enum Outcome: Sendable {
        case read(sources: Int, BaseChange)
        /// One or more sentences.
        case fault(String)
    }

    public struct Base: Sendable {
        public let suite: SuiteDescription
        public let outcome: Outcome
    }

    public let bases: [Base]
    /// What was told to the people of PPAs.
    public let newer: [NewerInBase]
}
