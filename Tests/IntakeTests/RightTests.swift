import ArchiveModel
import Catalog
import DebianControl
import Testing

@testable import Intake

/// Who may upload what to an archive that is not theirs.
@Suite struct RightTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let right: UploadRight
        /// Of the upload by bob of hello's source to bookworm of the primary archive.
        let codes: Set<String>

        init(_ what: String, _ right: UploadRight, _ codes: Set<String> = []) {
            (testDescription, self.right, self.codes) = (what, right, codes)
        }
    }

    static let rows = [
        Row("anything", UploadRight()),
        Row("its source", UploadRight(source: PackageName("hello")!)),
        Row("another source", UploadRight(source: PackageName("bye")!), ["no-right"]),
        Row("its suite", UploadRight(suite: SuiteName("bookworm")!)),
        Row("another suite", UploadRight(suite: SuiteName("trixie")!), ["no-right"]),
        Row("sources", UploadRight(architecture: Architecture("source")!)),
        Row("packages for amd64", UploadRight(architecture: Architecture("amd64")!), ["no-right"]),
        Row("its component", UploadRight(component: .main)),
        Row("another component", UploadRight(component: ComponentName("contrib")!), ["no-right"]),
        Row("another key", UploadRight(key: Fingerprint(String(repeating: "C", count: 40))!), ["no-right"]),
    ]

    private static func upload() -> Draft {
        var draft = Draft()
        (draft.signer, draft.dscSigner) = (.bob, .bob)
        return draft
    }

    @Test(arguments: rows)
    func aRightIsForWhatItSays(_ row: Row) async throws {
        let world = try await World()
        let archive = try await world.archive(World.primary)
        try await world.catalog.give(row.right, to: OwnerName("bob")!, in: archive)
        #expect(try await world.send(Self.upload(), path: "debian").codes == row.codes)
    }

    /// Whatever is in the set when the upload is judged.
    @Test func aRightMayBeForASet() async throws {
        let world = try await World()
        let archive = try await world.archive(World.primary)
        let (set, bob) = (PackageSetName("desktop")!, OwnerName("bob")!)
        await #expect(throws: Conflict.self) {
            try await world.catalog.give(UploadRight(packageSet: set), to: bob, in: archive)
        }
        try await world.catalog.add([PackageName("bye")!], toSet: set, in: archive)
        try await world.catalog.give(UploadRight(packageSet: set), to: bob, in: archive)
        #expect(try await world.send(Self.upload(), path: "debian").codes == ["no-right"])
        try await world.catalog.add([PackageName("hello")!], toSet: set, in: archive)
        var next = Self.upload()
        next.version = "2.10-4"
        #expect(try await world.send(next, session: "s2", path: "debian").verdict.outcome == .accepted)
        try await world.catalog.remove([PackageName("hello")!], fromSet: set, in: archive)
        #expect(try await world.catalog.packageSets(in: archive).map(\.sources) == [[PackageName("bye")!]])
        next.version = "2.10-5"
        #expect(try await world.send(next, session: "s3", path: "debian").codes == ["no-right"])
    }

    /// In place of the source's own words, an override says its component.
    @Test func theComponentOfARightIsWhereTheArchiveHasTheSource() async throws {
        let world = try await World()
        let archive = try await world.archive(World.primary)
        let contrib = ComponentName("contrib")!
        try await world.catalog.give(UploadRight(component: contrib), to: OwnerName("bob")!, in: archive)
        var draft = Self.upload()
        draft.section = "contrib/devel"
        #expect(try await world.send(draft, path: "debian").verdict.outcome == .accepted)
        draft.version = "2.10-4"
        try await world.catalog.set(
            PackageOverride(component: .main), of: PackageName("hello")!, .source, in: archive)
        #expect(try await world.send(draft, session: "s2", path: "debian").codes.contains("no-right"))
    }

    @Test(arguments: [
        (UploadRight(skipsNew: true), Verdict.Outcome.accepted), (UploadRight(), .held),
        (UploadRight(source: PackageName("bye")!, skipsNew: true), .held),
    ])
    func aRightMayBeWithoutNew(right: UploadRight, outcome: Verdict.Outcome) async throws {
        let world = try await World()
        let archive = try await world.archive(World.primary)
        try await world.catalog.setNew(true, of: archive)
        try await world.catalog.give(right, to: OwnerName("bob")!, in: archive)
        if right.source != nil { try await world.catalog.give(UploadRight(), to: OwnerName("bob")!, in: archive) }
        #expect(try await world.send(Self.upload(), path: "debian").verdict.outcome == outcome)
    }

    @Test func rightsAreOfTeamsToo() async throws {
        let world = try await World()
        let archive = try await world.archive(World.primary)
        let team = OwnerName("maintainers")!
        let bob = try #require(try await world.catalog.person(named: OwnerName("bob")!))
        try await world.catalog.addTeam(team, now: 1)
        try await world.catalog.add(bob, toTeam: team)
        let right = try await world.catalog.give(UploadRight(), to: team, in: archive)
        #expect(try await world.send(Self.upload(), path: "debian").verdict.outcome == .accepted)
        #expect(try await world.catalog.teams().map(\.members) == [[bob.name]])
        try await world.catalog.withdraw(right: right, in: archive)
        var next = Self.upload()
        next.version = "2.10-4"
        #expect(try await world.send(next, session: "s2", path: "debian").codes == ["no-right"])
    }

    @Test func whoLeavesTheTeamLosesItsRights() async throws {
        let world = try await World()
        let team = OwnerName("maintainers")!
        let bob = try #require(try await world.catalog.person(named: OwnerName("bob")!))
        try await world.catalog.addTeam(team, now: 1)
        try await world.catalog.add(bob, toTeam: team)
        try await world.catalog.give(UploadRight(), to: team, in: try await world.archive(World.primary))
        try await world.catalog.remove(bob, fromTeam: team)
        #expect(try await world.send(Self.upload(), path: "debian").codes == ["no-right"])
    }

    @Test func aNameIsOnePersonsOrTeams() async throws {
        let world = try await World()
        await #expect(throws: Conflict.self) { try await world.catalog.addTeam(OwnerName("bob")!, now: 1) }
    }
}

/// Suites that an archive has frozen or closed.
@Suite struct SuiteStateTests {
    private static func world(_ state: SuiteState) async throws -> World {
        let world = try await World()
        let suite = try #require(try await world.archive().suite(SuiteName("bookworm")!))
        try await world.catalog.setState(state, of: suite)
        return world
    }

    @Test func aClosedOneTakesNothing() async throws {
        let world = try await Self.world(.closed)
        #expect(try await world.send(Draft()).codes == ["suite-closed"])
        var other = Draft()
        other.distribution = "trixie"
        #expect(try await world.send(other, session: "s2").verdict.outcome == .accepted)
    }

    @Test func whatComesForAFrozenOneWaits() async throws {
        let world = try await Self.world(.frozen)
        let held = try await world.send(Draft())
        #expect(held.verdict.outcome == .held)
        #expect(held.verdict.waitsFor.first?.hasPrefix("bookworm of ~alice/debian/tools is frozen") == true)
        _ = try await world.catalog.order(.admit(), upload: held.id, now: world.now)
        #expect(try await world.service.process().map(\.verdict.outcome) == [.accepted])
    }
}
