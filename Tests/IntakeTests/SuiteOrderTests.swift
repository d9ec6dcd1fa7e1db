import ArchiveModel
import Catalog
import DebianControl
import Testing

@testable import Intake

/// Versions in suites whose order the distribution's description says.
@Suite struct SuiteOrderTests {
    /// trixie is newer than bookworm, and bookworm older than trixie.
    private static func world() async throws -> World {
        let world = try await World()
        let (bookworm, trixie) = (SuiteName("bookworm")!, SuiteName("trixie")!)
        let described = try await world.catalog.suites().map { suite in
            SuiteDescription(
                distribution: suite.distribution, name: suite.name, architectures: suite.architectures,
                components: suite.components, baseSources: suite.baseSources,
                order: suite.name == bookworm ? SuiteOrder(olderThan: [trixie]) : SuiteOrder(newerThan: [bookworm]))
        }
        try await world.catalog.describe(described)
        return world
    }

    private static func draft(_ version: String, _ suite: String) -> Draft {
        var draft = Draft()
        (draft.version, draft.distribution) = (version, suite)
        return draft
    }

    @Test(arguments: [
        ("2.10-2", "trixie", ["version-not-newer"]), ("2.10-4", "trixie", []), ("2.10-4", "bookworm", []),
    ])
    func aLaterSuiteHasHigherVersions(version: String, suite: String, codes: [String]) async throws {
        let world = try await Self.world()
        #expect(try await world.send(Self.draft("2.10-3", "bookworm")).verdict.outcome == .accepted)
        #expect(try await world.send(Self.draft(version, suite), session: "s2").codes == Set(codes))
    }

    @Test(arguments: [("2.10-2", []), ("2.10-4", ["version-not-older"])])
    func anEarlierSuiteHasLowerVersions(version: String, codes: [String]) async throws {
        let world = try await Self.world()
        #expect(try await world.send(Self.draft("2.10-3", "trixie")).verdict.outcome == .accepted)
        #expect(try await world.send(Self.draft(version, "bookworm"), session: "s2").codes == Set(codes))
    }

    @Test func withoutAnOrderSuitesStandForThemselves() async throws {
        let world = try await World()
        #expect(try await world.send(Self.draft("2.10-3", "bookworm")).verdict.outcome == .accepted)
        #expect(try await world.send(Self.draft("2.10-2", "trixie"), session: "s2").verdict.outcome == .accepted)
    }
}
