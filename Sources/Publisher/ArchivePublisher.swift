public import ArchiveModel
public import Catalog
public import DurableFiles
public import Logging
public import OpenPGP

/// Brings what apt sees to what the catalog says.
///
/// It takes suites that have changed since they were published and the files of the content store. It leaves `pool/` and
/// `dists/` of their archives, and says so in the catalog. It trusts the catalog and the store: what is in them was judged
/// before. Only archives' own keys sign.
///
/// A suite switches in one rename (`SuitePublication`), and a file leaves the pool only long after no index names it
/// (`PoolSweep`), so apt finds everything that any `InRelease` it may still have promises.
public struct ArchivePublisher: Sendable {
    let catalog: Catalog
    let store: ContentStore
    let keys: SigningKeys
    let configuration: PublisherConfiguration
    let logger: Logger
    /// The time in Unix seconds.
    let clock: @Sendable () -> Int64

    public init(
        catalog: Catalog, store: ContentStore, keys: SigningKeys, configuration: PublisherConfiguration,
        logger: Logger, clock: @escaping @Sendable () -> Int64 = { secondsSince1970() }
    ) {
        self.catalog = catalog
        self.store = store
        self.keys = keys
        self.configuration = configuration
        self.logger = logger
        self.clock = clock
    }

    /// One pass. An archive that fails stops no other.
    /// - Parameter archives: published as a whole, every suite and every file, whether they wait or not: after a restored
    ///   backup, or with a changed key. What is not shown is left, and said. `nil`: what waits.
    /// - Returns: a report for each archive that had something to do, or was named, in order of reference.
    /// - Throws: `Conflict` when there is no such archive, before anything is published; `CatalogFailure`.
    public func publishOnce(archives: [ArchiveReference]? = nil) async throws -> [PublishingReport] {
        try await moveWithdrawn()
        guard let archives else { return await publish(try await waiting()) }
        var named: [Archive] = []
        for reference in archives {
            guard let archive = try await catalog.archive(reference) else {
                throw Conflict("There is no archive \(reference).")
            }
            named.append(archive)
        }
        let shown = named.filter { $0.presence == .shown }
        let left = named.filter { $0.presence != .shown }.map { archive in
            PublishingReport(archive: archive.reference, outcome: .notShown(archive.presence))
        }
        let done = await publish(shown.map { Assignment(archive: $0, suites: $0.suites.map(\.id), isWhole: true) })
        return (done + left).sorted { $0.archive.description < $1.archive.description }
    }
}

extension ArchivePublisher {
    /// What one archive has to have published.
    struct Assignment: Sendable {
        let archive: Archive
        /// Ids of `ArchiveSuite`s.
        let suites: [Int64]
        let isWhole: Bool
    }

    /// The archives with suites that wait.
    func waiting() async throws -> [Assignment] {
        let suites = Dictionary(grouping: try await catalog.suitesAwaitingPublication(), by: \.archive)
        var assignments: [Assignment] = []
        for (reference, suites) in suites {
            guard let archive = try await catalog.archive(reference) else { continue }
            assignments.append(Assignment(archive: archive, suites: suites.map(\.id), isWhole: false))
        }
        return assignments.sorted { $0.archive.reference.description < $1.archive.reference.description }
    }

    /// Publishes some archives at a time, each for itself.
    func publish(_ assignments: [Assignment]) async -> [PublishingReport] {
        await withTaskGroup(of: PublishingReport.self) { archives in
            var waiting = assignments.makeIterator()
            for assignment in (0..<configuration.archivesAtOnce).compactMap({ _ in waiting.next() }) {
                archives.addTask { await publish(assignment) }
            }
            var reports: [PublishingReport] = []
            for await report in archives {
                reports.append(report)
                if let next = waiting.next() { archives.addTask { await publish(next) } }
            }
            return reports.sorted { $0.archive.description < $1.archive.description }
        }
    }

    private func publish(_ assignment: Assignment) async -> PublishingReport {
        let archive = assignment.archive.reference
        do {
            guard let suites = try await publishAlone(assignment) else {
                return PublishingReport(archive: archive, outcome: .busy)
            }
            let names = suites.map(\.text).joined(separator: " ")
            logger.info("published", metadata: ["archive": "\(archive)", "suites": "\(names)"])
            return PublishingReport(archive: archive, outcome: .published(suites))
        } catch {
            logger.error("not published", metadata: ["archive": "\(archive)", "cause": "\(error)"])
            return PublishingReport(archive: archive, outcome: .failed("\(error)"))
        }
    }

    /// - Returns: the suites; nil when another process is at the archive.
    private func publishAlone(_ assignment: Assignment) async throws -> [SuiteName]? {
        let tree = ArchiveTree(of: assignment.archive, configuration)
        return try await ArchiveLock.holding(tree.root) {
            var published: [SuiteName] = []
            for suite in assignment.suites {
                if let removed = try await catalog.removedSuite(suite) {
                    guard !isWithdrawn(assignment.archive) else { continue }
                    try await remove(removed, from: tree)
                    published.append(removed.name)
                    continue
                }
                // It may have been taken down since it was found to wait, or restored and not moved back.
                guard let snapshot = try await catalog.snapshot(ofSuite: suite), snapshot.archive.presence == .shown,
                    !isWithdrawn(snapshot.archive)
                else { continue }
                try await publication(of: snapshot, isWhole: assignment.isWhole).run()
                published.append(snapshot.suite.name)
            }
            return published
        }
    }

    func publication(of snapshot: SuiteSnapshot, isWhole: Bool = false) -> SuitePublication {
        let writer = SuiteWriter(
            snapshot: snapshot, tree: ArchiveTree(of: snapshot.archive, configuration), store: store,
            configuration: configuration, now: clock())
        return SuitePublication(
            writer: writer, catalog: catalog, keys: keys, isWhole: isWhole || snapshot.isWhole)
    }
}
