import ArchiveModel
import Catalog
import DebianControl
import Testing

@testable import Intake

/// Where a PPA publishes.
@Suite struct ComponentTests {
    private static let contrib = ComponentName("contrib")!

    private func draft(_ section: String, _ version: String = "2.10-3") -> Draft {
        var draft = Draft()
        (draft.section, draft.version) = (section, version)
        return draft
    }

    private func published(_ world: World) async throws -> [String] {
        let suite = try #require(try await world.archive().suite(SuiteName("bookworm")!))
        let snapshot = try #require(try await world.catalog.snapshot(ofSuite: suite.id))
        return snapshot.sources.map { "\($0.component) \($0.name)" }
    }

    @Test(arguments: ["devel", "contrib/devel", "non-free/devel"])
    func oneComponentHasAll(section: String) async throws {
        let world = try await World()
        #expect(try await world.send(draft(section)).verdict.outcome == .accepted)
        #expect(try await published(world) == ["main hello"])
    }

    @Test(arguments: [("devel", "main"), ("contrib/devel", "contrib"), ("non-free/devel", nil)])
    func ofSeveralItIsThatOfTheSection(section: String, component: String?) async throws {
        let world = try await World()
        try await world.catalog.setComponents([.main, Self.contrib], of: try await world.archive())
        let record = try await world.send(draft(section))
        #expect(record.codes == (component == nil ? ["unknown-component"] : []))
        #expect(try await published(world) == (component.map { ["\($0) hello"] } ?? []))
    }

    @Test func whatIsPublishedKeepsItsComponent() async throws {
        let world = try await World()
        let archive = try await world.archive()
        try await world.send(draft("contrib/devel"))
        await #expect(throws: Conflict.self) { try await world.catalog.setComponents([Self.contrib], of: archive) }
        try await world.catalog.setComponents([.main, Self.contrib], of: archive)
        #expect(try await published(world) == ["main hello"])
        #expect(try await world.send(draft("contrib/devel", "2.10-4"), session: "s2").verdict.outcome == .accepted)
        #expect(try await published(world).last == "contrib hello")
        #expect(try await world.catalog.components(of: try await world.archive()) == [.main, Self.contrib])
    }

    @Test func aPrimaryArchiveHasThoseOfItsSuites() async throws {
        let world = try await World()
        let archive = try await world.archive(World.primary)
        #expect(try await world.catalog.components(of: archive) == [.main, Self.contrib])
        await #expect(throws: Conflict.self) { try await world.catalog.setComponents([.main], of: archive) }
    }
}
