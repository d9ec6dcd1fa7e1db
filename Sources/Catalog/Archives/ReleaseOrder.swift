internal import ArchiveModel
internal import DebianControl

/// The suites of a distribution from the oldest release to the newest, as their descriptions order them (`Must-Be-Newer-Than`,
/// `Must-Be-Older-Than`).
struct ReleaseOrder {
    /// By suite, those whose versions are lower.
    private var older: [SuiteName: Set<SuiteName>] = [:]

    init(_ suites: [(name: SuiteName, order: SuiteOrder)]) {
        for (name, order) in suites {
            older[name, default: []].formUnion(order.newerThan)
            for newer in order.olderThan { older[newer, default: []].insert(name) }
        }
    }

    /// Each behind all that are older, also by way of suites that are not among these. What nothing orders goes by name, and
    /// so does what descriptions order in a circle.
    func oldestFirst(_ suites: [ArchiveSuite]) -> [ArchiveSuite] {
        var left = suites.sorted { $0.name < $1.name }
        var sorted: [ArchiveSuite] = []
        while !left.isEmpty {
            let names = Set(left.map(\.name))
            let next = left.firstIndex { allOlder(than: $0.name).isDisjoint(with: names.subtracting([$0.name])) } ?? 0
            sorted.append(left.remove(at: next))
        }
        return sorted
    }

    private func allOlder(than suite: SuiteName) -> Set<SuiteName> {
        var (found, next) = (Set<SuiteName>(), older[suite] ?? [])
        while !next.isEmpty {
            found.formUnion(next)
            next = Set(next.flatMap { older[$0] ?? [] }).subtracting(found)
        }
        return found
    }
}

extension Connection {
    func releaseOrder(of distribution: DistributionName) throws -> ReleaseOrder {
        ReleaseOrder(
            try rows(
                """
                SELECT s.name, s.newer_than, s.older_than FROM suite s JOIN distribution d ON d.id = s.distribution
                WHERE d.name = :distribution
                """, ["distribution": distribution]
            ).map { (try $0.parsed("name") { SuiteName($0) }, try SuiteOrder(row: $0)) })
    }
}
