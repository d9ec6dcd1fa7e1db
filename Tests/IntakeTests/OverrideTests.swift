import ArchiveModel
import Catalog
import DebianControl
import Testing

@testable import Intake

/// Component, section and priority of a primary archive's packages.
@Suite struct OverrideTests {
    private static func world() async throws -> World {
        let world = try await World()
        try await world.catalog.give(
            UploadRight(), to: OwnerName("alice")!, in: try await world.archive(World.primary))
        return world
    }

    private static func draft(_ version: String, _ section: String) -> Draft {
        var draft = Draft()
        (draft.version, draft.section) = (version, section)
        return draft
    }

    private static func published(_ world: World) async throws -> [String] {
        let suite = try #require(try await world.archive(World.primary).suite(SuiteName("bookworm")!))
        let snapshot = try #require(try await world.catalog.snapshot(ofSuite: suite.id))
        return snapshot.sources.map { "\($0.component) \($0.section) \($0.priority)" }
    }

    @Test func whatTheFirstUploadSaysHolds() async throws {
        let world = try await Self.world()
        #expect(try await world.send(Self.draft("2.10-3", "devel"), path: "debian").codes == [])
        let next = try await world.send(Self.draft("2.10-4", "utils"), session: "s2", path: "debian")
        #expect(next.verdict.outcome == .accepted)
        #expect(next.codes == ["overridden"])
        #expect(try await Self.published(world).last == "main devel optional")
    }

    @Test func anAdminSaysOtherwise() async throws {
        let world = try await Self.world()
        try await world.send(Self.draft("2.10-3", "devel"), path: "debian")
        let ours = PackageOverride(component: ComponentName("contrib")!, section: "utils", priority: "standard")
        let archive = try await world.archive(World.primary)
        try await world.catalog.set(ours, of: PackageName("hello")!, .source, in: archive)
        #expect(try await Self.published(world) == ["main utils standard"], "its files stay where they are")
        #expect(try await world.catalog.suitesAwaitingPublication().contains { $0.archive == World.primary })
        let next = try await world.send(Self.draft("2.10-4", "devel"), session: "s2", path: "debian")
        #expect(next.verdict.outcome == .accepted)
        #expect(try await Self.published(world).contains("contrib utils standard"))
    }

    @Test func aPPAKeepsNone() async throws {
        let world = try await World()
        try await world.send(Self.draft("2.10-3", "devel"))
        #expect(try await world.send(Self.draft("2.10-4", "utils"), session: "s2").codes == [])
        #expect(try await world.catalog.overrides(in: try await world.archive()).isEmpty)
    }
}
