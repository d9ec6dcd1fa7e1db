public import ArchiveModel
public import DebianControl

extension Catalog {
    /// How many builds a rebuild of all these comes to, at most; where the archive makes sources once more, how many of those. One
    /// question, as for `NamedExtent`.
    /// - Parameters:
    ///   - sources: nil for all that there are.
    ///   - suites: nil for all that are not closed.
    ///   - architectures: nil for all.
    public func rebuildCount(
        in reference: ArchiveReference, _ sources: [PackageName]?, _ suites: [SuiteName]?,
        _ architectures: [Architecture]?
    ) async throws -> Int {
        try await read { try $0.rebuildCount(in: reference, sources, suites, architectures) }
    }
}

extension Connection {
    fileprivate func rebuildCount(
        in reference: ArchiveReference, _ sources: [PackageName]?, _ suites: [SuiteName]?,
        _ architectures: [Architecture]?
    ) throws -> Int {
        guard let archive = try archive(reference) else { return 0 }
        let isBinary = archive.rebuilds == .binary
        var conditions = Conditions()
        conditions.add("s.name", sources?.map(\.description), prefix: "source")
        conditions.add("u.name", suites?.map(\.text), prefix: "suite")
        if isBinary { conditions.add("b.architecture", architectures?.map(\.description), prefix: "architecture") }
        conditions.arguments["archive"] = archive.id
        let row = try row(
            """
            SELECT count(*) AS changes FROM (\(isBinary ? Self.packagesMade : Self.sourcesThere)
                JOIN archive_suite t ON t.id = p.archive_suite JOIN suite u ON u.id = t.suite
                WHERE t.archive = :archive AND t.is_removed = 0 AND t.state <> 'closed'
                    AND p.state IN ('pending', 'published')\(conditions.sql)) AS r
            """, conditions.arguments, isKept: false)
        return Int(try row?.integer("changes") ?? 0)
    }

    /// Of each name and architecture one: the newest source is built once more.
    private static let packagesMade = """
        SELECT DISTINCT p.archive_suite, s.name, b.architecture FROM binary_publication p
        JOIN binary b ON b.id = p.binary AND b.architecture <> 'all' JOIN source s ON s.id = b.source
        """

    private static let sourcesThere =
        "SELECT DISTINCT p.archive_suite, s.name FROM source_publication p JOIN source s ON s.id = p.source"
}

/// `AND column IN (…)` for each of what was named.
private struct Conditions {
    var sql = ""
    var arguments: [String: any SQLArgument] = [:]

    mutating func add(_ column: String, _ words: [String]?, prefix: String) {
        guard let words else { return }
        let named = NamedWords(words, prefix: prefix)
        sql += " AND \(column) IN (\(named.list))"
        arguments.merge(named.arguments) { $1 }
    }
}
