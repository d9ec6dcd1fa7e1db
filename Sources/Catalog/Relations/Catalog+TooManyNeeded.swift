internal import ArchiveModel

/// Archives that come to need more than there may be: whoever sets dependencies is held to the limit, and not to what strangers make
/// depend on theirs. So it is the stranger's builds that wait.
extension Connection {
    /// Those with builds that wait.
    func archivesThatNeedTooMany() throws -> [Int64] {
        let others = try dependencies()
        guard others.values.reduce(0, { $0 + $1.count }) > ArchiveRelations.neededLimit else { return [] }
        return try rows(
            """
            SELECT DISTINCT a.archive FROM build b JOIN archive_suite a ON a.id = b.archive_suite
            WHERE b.state = 'wanted' ORDER BY a.archive
            """
        ).map { try $0.integer("archive") }.filter { Self.needsTooMany($0, others) }
    }

    private func dependencies() throws -> [Int64: [Int64]] {
        var others: [Int64: [Int64]] = [:]
        try forEachRow("SELECT archive, other FROM archive_relation WHERE kind = 'depends'") { row in
            others[try row.integer("archive"), default: []].append(try row.integer("other"))
        }
        return others
    }

    private static func needsTooMany(_ archive: Int64, _ others: [Int64: [Int64]]) -> Bool {
        var seen: Set<Int64> = [archive]
        var next = [archive]
        while let one = next.popLast() {
            for other in others[one] ?? [] where seen.insert(other).inserted {
                // It counts itself.
                if seen.count > ArchiveRelations.neededLimit + 1 { return true }
                next.append(other)
            }
        }
        return false
    }
}
