public import ArchiveModel
public import DebianControl

/// How versions of a suite stand to those of the same source in others of the distribution.
public struct SuiteOrder: Sendable, Hashable {
    /// Suites whose versions are lower.
    public var newerThan: [SuiteName] = []
    /// Suites whose versions are higher.
    public var olderThan: [SuiteName] = []

    public init(newerThan: [SuiteName] = [], olderThan: [SuiteName] = []) {
        self.newerThan = newerThan
        self.olderThan = olderThan
    }
}

/// A suite of a distribution, as `etc/distributions.d` describes it.
public struct SuiteDescription: Sendable, Hashable {
    public let distribution: DistributionName
    public let name: SuiteName
    public let architectures: [Architecture]
    public let components: [ComponentName]
    /// apt sources (deb822 text) of the base suite, for the builds' chroots; empty: the machine's own.
    public let baseSources: String
    public let order: SuiteOrder
    /// What PPAs have in newer versions may be published in it as a whole (the action transfer).
    public let takesTransfers: Bool

    public init(
        distribution: DistributionName, name: SuiteName, architectures: [Architecture], components: [ComponentName],
        baseSources: String, order: SuiteOrder = SuiteOrder(), takesTransfers: Bool = false
    ) {
        self.distribution = distribution
        self.name = name
        self.architectures = architectures
        self.components = components
        self.baseSources = baseSources
        self.order = order
        self.takesTransfers = takesTransfers
    }
}

extension Catalog {
    /// Brings the catalog's suites up to what the configuration describes; a suite no longer described stays.
    public func describe(_ suites: [SuiteDescription]) async throws {
        try await write { connection in
            for suite in suites { try connection.describe(suite) }
        }
    }

    public func suites() async throws -> [SuiteDescription] {
        try await read { connection in
            try connection.rows(
                "SELECT d.name AS distribution, s.* FROM suite s JOIN distribution d ON d.id = s.distribution ORDER BY 1, s.name"
            ).map(SuiteDescription.init(row:))
        }
    }
}

extension Connection {
    fileprivate func describe(_ suite: SuiteDescription) throws {
        try execute(
            "INSERT INTO distribution (name) VALUES (:name) ON CONFLICT (name) DO NOTHING", ["name": suite.distribution]
        )
        try execute(
            """
            INSERT INTO suite (distribution, name, architectures, components, base_sources, newer_than, older_than,
                takes_transfers)
            VALUES (:distribution, :name, :architectures, :components, :sources, :newer, :older, :transfers)
            ON CONFLICT (distribution, name) DO UPDATE SET architectures = excluded.architectures,
                components = excluded.components, base_sources = excluded.base_sources,
                newer_than = excluded.newer_than, older_than = excluded.older_than,
                takes_transfers = excluded.takes_transfers
            """,
            [
                "distribution": try distribution(suite.distribution), "name": suite.name,
                "architectures": suite.architectures.map(\.description).joined(separator: " "),
                "components": suite.components.map(\.description).joined(separator: " "), "sources": suite.baseSources,
                "newer": suite.order.newerThan.map(\.text).joined(separator: " "),
                "older": suite.order.olderThan.map(\.text).joined(separator: " "),
                "transfers": suite.takesTransfers,
            ])
    }
}

extension SuiteDescription {
    /// Of a row of `suite` with `distribution`, the name.
    init(row: ResultRow) throws {
        distribution = try row.parsed("distribution") { DistributionName($0) }
        name = try row.parsed("name") { SuiteName($0) }
        architectures = try row.words("architectures") { Architecture($0) }
        components = try row.words("components") { ComponentName($0) }
        baseSources = try row.text("base_sources")
        order = try SuiteOrder(row: row)
        takesTransfers = try row.flag("takes_transfers")
    }
}

extension SuiteOrder {
    /// Of a row of `suite`.
    init(row: ResultRow) throws {
        newerThan = try row.words("newer_than") { SuiteName($0) }
        olderThan = try row.words("older_than") { SuiteName($0) }
    }
}
