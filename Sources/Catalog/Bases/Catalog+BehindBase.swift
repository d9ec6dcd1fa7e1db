internal import ArchiveModel
internal import DebianControl

/// A source of a PPA that is behind its base, not told of yet; or what was told is that its base's version is not copied.
struct BehindBase {
    let place: Int64
    let source: Int64
    let base: Int64
    let name: PackageName
    let version: PackageVersion
    let baseVersion: PackageVersion
    /// The distribution's own archive here has it, and not only a mirror.
    let isOwn: Bool
    /// Who signed the former version, and with which key.
    let signer: Int64
    let key: Fingerprint
    /// Packages of it came from the base, too.
    let hasBasePackages: Bool
    let suite: SuiteName
    /// The row of what was told.
    let told: Int64?

    init(row: ResultRow) throws {
        place = try row.integer("place")
        source = try row.integer("source")
        base = try row.integer("base")
        name = try row.parsed("name") { PackageName($0) }
        suite = try row.parsed("suite") { SuiteName($0) }
        version = try row.parsed("version") { PackageVersion($0) }
        baseVersion = try row.parsed("base_version") { PackageVersion($0) }
        isOwn = try row.flag("is_own")
        signer = try row.integer("signer")
        key = try row.parsed("signing_key") { Fingerprint($0) }
        hasBasePackages = try row.flag("has_base_packages")
        told = try row.optionalInteger("told")
    }

    var package: NewerInBase.Package { NewerInBase.Package(name, in: suite, version, base: baseVersion) }
}

/// Where a PPA's sources are held against its base. A source that the distribution's own archive here has in the suite is that
/// archive's to say; of all others the mirror counts.
enum BaseComparison: CaseIterable {
    case own
    case mirror

    /// What PPAs have (`s`), and the highest that the base has (`b`).
    var sql: String {
        switch self {
        case .own:
            """
            \(Self.watched) \(Self.newer) WHERE \(Self.isNewestInOwn)
                AND (a.newer_in_base <> 'update' OR NOT EXISTS (SELECT 1 FROM build k WHERE k.source = b.id
                    AND k.state IN ('wanted', 'building', 'uploading')))
            """
        case .mirror:
            """
            \(Self.watched)
            JOIN base_source b ON b.suite = t.suite AND b.name = s.name AND b.is_extra = 0 AND b.version_key > s.version_key
            WHERE \(Self.isUntold) AND NOT \(Self.isOwn("h.name = s.name", source: "h"))
                AND NOT EXISTS (SELECT 1 FROM base_source c WHERE c.suite = b.suite AND c.name = b.name AND c.is_extra = 0
                    AND c.version_key > b.version_key)
            """
        }
    }

    /// As `own`, of PPAs that would get what is still to be built there.
    static let awaited = """
        \(watched) \(newer) JOIN build o ON o.source = b.id AND o.state IN ('wanted', 'building', 'uploading')
        WHERE \(isNewestInOwn) AND a.newer_in_base = 'update'
        """

    private static let newer =
        "JOIN source b ON b.name = s.name AND b.version_key > s.version_key AND b.is_here = 1"
    private static let isNewestInOwn = """
        \(isUntold) AND \(isOwn("q.source = b.id")) AND NOT \(isOwn(isHigher, source: "h"))
        """

    private static let isHigher = "h.name = b.name AND h.version_key > b.version_key"

    private static let watched = """
        FROM archive a JOIN archive_suite t ON t.archive = a.id JOIN suite u ON u.id = t.suite
        JOIN source_publication p ON p.archive_suite = t.id AND p.state IN ('pending', 'published')
        JOIN source s ON s.id = p.source
        """

    /// `base_told` has what was told, so that each is told once, and settled.
    private static let isUntold = """
        a.kind = 'ppa' AND a.is_enabled = 1 AND a.presence = 'shown' AND a.newer_in_base <> 'nothing'
            AND NOT EXISTS (SELECT 1 FROM base_told o WHERE o.archive_suite = t.id AND o.source = s.id
                AND o.version = b.version AND o.is_settled = 1)
        """

    /// The distribution's own archive has such a source in the suite. The order of the joins is the one to go by: sources of one
    /// name are few, those of a suite are many.
    private static func isOwn(_ condition: String, source: String? = nil) -> String {
        """
        EXISTS (SELECT 1 FROM \(source.map { "source \($0) CROSS JOIN " } ?? "")source_publication q
            CROSS JOIN archive_suite w CROSS JOIN archive r
            WHERE \(condition)\(source.map { " AND q.source = \($0).id" } ?? "") AND q.state IN ('pending', 'published')
                AND w.id = q.archive_suite AND w.suite = t.suite AND r.id = w.archive AND r.kind = 'primary'
                AND r.presence = 'shown')
        """
    }
}

extension Connection {
    func archivesBehindBase() throws -> [ArchiveReference] {
        let found = try BaseComparison.allCases.flatMap { comparison in
            try rows("SELECT DISTINCT a.reference \(comparison.sql)").map { row in
                try row.parsed("reference") { ArchiveReference($0) }
            }
        }
        return Set(found).sorted { $0.description < $1.description }
    }

    /// In order of name and suite.
    func sourcesBehindBase(in archive: Archive) throws -> [BehindBase] {
        let found = try BaseComparison.allCases.flatMap { comparison in
            try rows(
                """
                SELECT DISTINCT t.id AS place, s.id AS source, t.suite AS base, s.name, s.version,
                    b.version AS base_version, u.name AS suite, s.signer, s.signing_key,
                    \(comparison == .own ? 1 : 0) AS is_own,
                    (SELECT o.id FROM base_told o WHERE o.archive_suite = t.id AND o.source = s.id
                        AND o.version = b.version) AS told,
                    EXISTS (SELECT 1 FROM binary o LEFT JOIN build k ON k.id = o.build WHERE o.source = s.id
                        AND (o.origin IS NOT NULL OR k.archive_suite <> t.id)) AS has_base_packages
                \(comparison.sql) AND a.id = :archive
                """, ["archive": archive.id]
            ).map(BehindBase.init(row:))
        }
        return found.sorted { ($0.name.description, $0.suite.text) < ($1.name.description, $1.suite.text) }
    }
}
