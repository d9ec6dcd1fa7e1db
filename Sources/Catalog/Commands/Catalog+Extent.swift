public import ArchiveModel
public import DebianControl

/// What a command names in one archive, to be counted before it is looked up.
public struct NamedExtent: Sendable {
    /// As a command names it.
    public struct Package: Sendable {
        let name: PackageName
        /// With one also what is there no more, as copies name it; nil: all that is pending or published.
        let version: PackageVersion?
        /// `nil`: all that are meant.
        let suite: SuiteName?
        /// How many suites it comes to.
        let times: Int

        public init(_ name: PackageName, _ version: PackageVersion?, in suite: SuiteName? = nil, times: Int = 1) {
            (self.name, self.version, self.suite, self.times) = (name, version, suite, times)
        }
    }

    let archive: ArchiveReference
    /// `nil`: all of the archive.
    let suites: [SuiteName]?
    /// `nil`: all that the suites have.
    let packages: [Package]?
    let withBinaries: Bool

    public init(in archive: ArchiveReference, _ suites: [SuiteName]?, _ packages: [Package]?, withBinaries: Bool) {
        (self.archive, self.suites, self.packages, self.withBinaries) = (archive, suites, packages, withBinaries)
    }
}

extension Catalog {
    /// How many sources are meant, and packages built from them; 0 where there is no such suite. One question, however many are
    /// named: it is asked before anything is known of the text but who may ask it.
    public func count(of extent: NamedExtent) async throws -> Int {
        try await read { try $0.count(of: extent) }
    }
}

extension Connection {
    fileprivate func count(of extent: NamedExtent) throws -> Int {
        if extent.packages?.isEmpty == true || extent.suites?.isEmpty == true { return 0 }
        let named = extent.packages.map(NamedRows.init)
        let suites = NamedWords(extent.suites?.map(\.text) ?? [], prefix: "in")
        let isMeant = extent.suites == nil ? "1 = 1" : "u.name IN (\(suites.list))"
        var arguments = (named?.arguments ?? [:]).merging(suites.arguments) { $1 }
        (arguments["archive"], arguments["binaries"]) = (extent.archive.description, extent.withBinaries)
        let row = try row(
            """
            \(named?.table ?? "")
            SELECT coalesce(sum(m.times * (1 + CASE WHEN :binaries = 0 THEN 0 ELSE (
                SELECT count(DISTINCT b.id) FROM binary b CROSS JOIN binary_publication q
                WHERE b.source = m.source AND q.binary = b.id AND q.archive_suite = m.place
                    AND (m.has_version = 1 OR q.state IN ('pending', 'published'))) END)), 0) AS changes
            FROM (\(named == nil ? Self.all(isMeant) : Self.meant(isMeant))) AS m
            """, arguments, isKept: false)
        return Int(try row?.integer("changes") ?? 0)
    }

    private static func all(_ isMeant: String) -> String {
        """
        SELECT DISTINCT p.archive_suite AS place, p.source, 0 AS has_version, 1 AS times
        FROM archive a CROSS JOIN archive_suite t CROSS JOIN suite u CROSS JOIN source_publication p
        WHERE a.reference = :archive AND t.archive = a.id AND t.is_removed = 0 AND u.id = t.suite AND \(isMeant)
            AND p.archive_suite = t.id AND p.state IN ('pending', 'published')
        """
    }

    /// The order of the joins is the one to go by: sources of one name are few, those of a suite are many.
    private static func meant(_ isMeant: String) -> String {
        """
        SELECT DISTINCT p.archive_suite AS place, p.source, n.times,
            CASE WHEN n.version IS NULL THEN 0 ELSE 1 END AS has_version
        FROM named n CROSS JOIN source s CROSS JOIN source_publication p CROSS JOIN archive_suite t
            CROSS JOIN suite u CROSS JOIN archive a
        WHERE s.name = n.name AND p.source = s.id AND t.id = p.archive_suite AND t.is_removed = 0 AND u.id = t.suite
            AND (u.name = n.suite OR (n.suite IS NULL AND \(isMeant))) AND a.id = t.archive AND a.reference = :archive
            AND (s.version = n.version OR (n.version IS NULL AND p.state IN ('pending', 'published')))
        """
    }
}

/// What is named, as a table of a statement.
private struct NamedRows {
    /// `named`, with columns `name`, `version`, `suite` and `times`.
    let table: String
    var arguments: [String: any SQLArgument] = [:]

    init(_ packages: [NamedExtent.Package]) {
        var rows: [String] = []
        for (place, package) in packages.enumerated() {
            arguments["name\(place)"] = package.name
            // A value of nil is set so; by subscript it would take the key away.
            arguments.updateValue(package.version, forKey: "version\(place)")
            arguments.updateValue(package.suite, forKey: "suite\(place)")
            rows.append("(:name\(place), :version\(place), :suite\(place), \(package.times))")
        }
        table = "WITH named (name, version, suite, times) AS (VALUES \(rows.joined(separator: ", ")))"
    }
}
