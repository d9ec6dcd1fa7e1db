public import ArchiveModel
public import DebianControl

/// A suite of a distribution, as `etc/distributions.d` describes it.
public struct SuiteDescription: Sendable, Hashable {
    public let distribution: DistributionName
    public let name: SuiteName
    public let architectures: [Architecture]
    public let components: [ComponentName]
    /// apt sources (deb822 text) of the base suite, for the builds' chroots; empty: the machine's own.
    public let baseSources: String

    public init(
        distribution: DistributionName, name: SuiteName, architectures: [Architecture], components: [ComponentName],
        baseSources: String
    ) {
        self.distribution = distribution
        self.name = name
        self.architectures = architectures
        self.components = components
        self.baseSources = baseSources
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
            INSERT INTO suite (distribution, name, architectures, components, base_sources)
            VALUES (:distribution, :name, :architectures, :components, :sources)
            ON CONFLICT (distribution, name) DO UPDATE SET architectures = excluded.architectures,
                components = excluded.components, base_sources = excluded.base_sources
            """,
            [
                "distribution": try distribution(suite.distribution), "name": suite.name,
                "architectures": suite.architectures.map(\.description).joined(separator: " "),
                "components": suite.components.map(\.description).joined(separator: " "), "sources": suite.baseSources,
            ])
    }
}

extension SuiteDescription {
    fileprivate init(row: ResultRow) throws {
        distribution = try row.parsed("distribution") { DistributionName($0) }
        name = try row.parsed("name") { SuiteName($0) }
        architectures = try row.words("architectures") { Architecture($0) }
        components = try row.words("components") { ComponentName($0) }
        baseSources = try row.text("base_sources")
    }
}
