import ArchiveModel
import Catalog
import DebianControl
import Testing

@testable import Intake

/// What a PPA says of versions, held against the primary archive's suites, or the base's mirror.
@Suite struct VersionRuleTests {
    private static let bookworm = SuiteName("bookworm")!

    private static func draft(_ version: String) -> Draft {
        var draft = Draft()
        draft.version = version
        return draft
    }

    private static func bind(_ world: World, _ change: (inout ArchiveSettings) -> Void) async throws {
        var settings = ArchiveSettings()
        change(&settings)
        _ = try await world.catalog.change(World.tools, settings)
    }

    private static func publishInPrimary(_ world: World, _ version: String) async throws {
        try await world.catalog.give(
            UploadRight(), to: OwnerName("alice")!, in: try await world.archive(World.primary))
        let record = try await world.send(draft(version), session: "p", path: "debian")
        #expect(record.verdict.outcome == .accepted)
    }

    @Test(arguments: [("2.10-2", true), ("2.10-3", true), ("2.10-4", false)])
    func versionsAreHeldAgainstThePrimaryArchive(version: String, isLow: Bool) async throws {
        let world = try await World()
        try await Self.publishInPrimary(world, "2.10-3")
        try await Self.bind(world) { $0.newerThan = .suite(Self.bookworm) }
        let codes = try await world.send(Self.draft(version)).codes
        #expect(codes.contains("ppa-version-not-newer") == isLow)
        let other = try await World()
        try await Self.publishInPrimary(other, "2.10-3")
        try await Self.bind(other) { $0.olderThan = .suite(Self.bookworm) }
        let others = try await other.send(Self.draft(version)).codes
        #expect(others.contains("ppa-version-not-older") == (version != "2.10-2"))
    }

    @Test func whatTheSuiteHasNotIsFree() async throws {
        let world = try await World()
        try await Self.bind(world) {
            ($0.newerThan, $0.olderThan) = (.suite(Self.bookworm), .suite(SuiteName("trixie")!))
        }
        #expect(try await world.send(Self.draft("1.0-1")).codes == [])
    }

    /// The service's own archive of the distribution is not shown: the mirror counts.
    @Test(arguments: [("2.10-3", ["ppa-version-not-newer"]), ("2.10-4", [])])
    func withoutAPrimaryArchiveTheMirrorCounts(version: String, codes: [String]) async throws {
        let world = try await World()
        try await world.takeDownPrimary()
        let suite = try #require(try await world.catalog.suites().first { $0.name == Self.bookworm })
        let sources = ["2.10-3", "2.10-2"].map {
            BaseSource(PackageName("hello")!, PackageVersion($0)!, component: .main)
        }
        let extra = BaseSource(PackageName("hello")!, PackageVersion("9")!, component: .main, isExtra: true)
        try await world.catalog.setBase(Set(sources + [extra]), of: suite, now: 1)
        try await Self.bind(world) { $0.newerThan = .suite(Self.bookworm) }
        #expect(try await world.send(Self.draft(version)).codes == Set(codes))
    }

    @Test(arguments: [("2.10-3", false), ("2.10-3+tools1", true), ("2.10-3~tool1", false)])
    func aVersionMayHaveToContainTheName(version: String, isTaken: Bool) async throws {
        let world = try await World()
        try await Self.bind(world) { $0.needsName = true }
        #expect(try await world.send(Self.draft(version)).codes == (isTaken ? [] : ["ppa-version-without-name"]))
    }

    @Test func aNameWithADashMayStandWithADot() {
        #expect(VersionRuleBreach.spellings(of: ArchiveName("ppa-tools")!) == ["ppa-tools", "ppa.tools"])
    }

    @Test func whatIsNotBuiltByItselfIsBuiltWhenSomebodyAsks() async throws {
        let world = try await World()
        try await Self.bind(world) { $0.buildsByItself = false }
        let record = try await world.send(Self.draft("2.10-3"))
        #expect(record.verdict.outcome == .accepted)
        #expect(try await world.catalog.builds(states: [.wanted]).isEmpty)
        let builds = try await world.catalog.builds(states: [.cancelled])
        #expect(builds.map(\.cause) == Array(repeating: "The archive builds nothing by itself.", count: builds.count))
        let build = try #require(builds.first)
        try await world.catalog.retryBuild(build.id)
        #expect(try await world.catalog.builds(states: [.wanted]).map(\.id) == [build.id])
    }
}

extension World {
    fileprivate func takeDownPrimary() async throws {
        let order = CommandOrder(
            signature: "t", signingKey: Fingerprint(String(repeating: "A", count: 40))!, signer: nil, origin: "t",
            title: "t", text: "", received: 1, isDryRun: false, findings: [],
            steps: [CommandStep(paragraph: "", effect: .takeDown(World.primary), findings: [])])
        #expect(try await catalog.carryOut(order, now: 1) { _ in [] }.isDone)
    }
}
