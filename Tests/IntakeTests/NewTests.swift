import ArchiveModel
import Catalog
import DebianControl
import Testing

@testable import Intake

/// Names that an archive never had.
@Suite struct NewTests {
    /// A world whose PPA has NEW.
    private static func world() async throws -> World {
        let world = try await World()
        try await world.catalog.setNew(true, of: try await world.archive())
        return world
    }

    private static func admit(_ upload: UploadRecord, in world: World) async throws -> [UploadRecord] {
        _ = try await world.catalog.order(.admit(), upload: upload.id, now: world.now)
        return try await world.service.process()
    }

    @Test func aNewSourceWaitsAndIsAdmitted() async throws {
        let world = try await Self.world()
        let held = try await world.send(Draft())
        #expect(held.verdict.outcome == .held)
        #expect(held.verdict.waitsFor.first?.contains("waits in NEW") == true)
        #expect(try await world.catalog.uploadsInNew().map(\.id) == [held.id])
        #expect(try await world.service.process() == [], "no day comes for it")
        let taken = try await Self.admit(held, in: world)
        #expect(taken.map(\.verdict.outcome) == [.accepted])
        #expect(try await world.letters().map(\.identity) == ["upload-1-new-held", "upload-1-accepted"])
        #expect(try await world.catalog.uploadsInNew().isEmpty)
        #expect(try world.sessions(.held) == [])
    }

    @Test func whatIsKnownDoesNotWait() async throws {
        let world = try await Self.world()
        _ = try await Self.admit(try await world.send(Draft()), in: world)
        var next = Draft()
        next.version = "2.10-4"
        #expect(try await world.send(next, session: "s2").verdict.outcome == .accepted)
    }

    @Test func newPackagesOfAKnownSourceWait() async throws {
        let world = try await Self.world()
        _ = try await Self.admit(try await world.send(Draft()), in: world)
        var next = Draft()
        next.version = "2.10-4"
        next.editDsc = BadInput.replace("Binary: hello", "Binary: hello, hello-doc")
        let held = try await world.send(next, session: "s2")
        #expect(held.verdict.outcome == .held)
        #expect(held.verdict.waitsFor.first?.contains("(hello-doc)") == true)
    }

    @Test func whereThereIsNoNewNothingWaits() async throws {
        let world = try await World()
        #expect(try await world.send(Draft()).verdict.outcome == .accepted)
    }

    /// A source of the same version with other bytes, an older one, and a newer one.
    @Test(arguments: [("2.10-3", ["version-waits"]), ("2.10-2", ["version-waits"]), ("2.10-4", [])])
    func whatWaitsCountsForVersions(version: String, codes: [String]) async throws {
        let world = try await Self.world()
        try await world.send(Draft())
        var other = Draft()
        (other.version, other.debian) = (version, "other packaging\n")
        let record = try await world.send(other, session: "s2")
        #expect(record.codes == Set(codes))
        #expect(record.verdict.outcome == (codes.isEmpty ? .held : .rejected))
    }

    @Test func anotherSuiteMayHaveAnOlderOne() async throws {
        let world = try await Self.world()
        try await world.send(Draft())
        var other = Draft()
        (other.version, other.distribution) = ("2.10-2", "trixie")
        #expect(try await world.send(other, session: "s2").verdict.outcome == .held)
    }

    @Test func aRefusedOneIsReplacedByOneOfTheSameVersion() async throws {
        let world = try await Self.world()
        let held = try await world.send(Draft())
        _ = try await world.catalog.order(.refuse(reason: "the licence"), upload: held.id, now: world.now)
        let refused = try await world.service.process()
        #expect(refused.map(\.codes) == [["not-admitted"]])
        #expect(refused.first?.verdict.findings.first?.sentence.hasSuffix("the licence") == true)
        #expect(try await world.letters().last?.identity == "upload-1-rejected")
        var better = Draft()
        better.debian = "better packaging\n"
        let replaced = try await world.send(better, session: "s2")
        #expect(replaced.verdict.outcome == .held, "\(replaced.verdict.findings)")
        #expect(try await Self.admit(replaced, in: world).map(\.verdict.outcome) == [.accepted])
    }

    /// Where the archive has it from its first version on, and not only from the next.
    @Test func whoAdmitsItSaysWhereItIs() async throws {
        let world = try await Self.world()
        let archive = try await world.archive()
        try await world.catalog.setComponents([.main, ComponentName("contrib")!], of: archive)
        let held = try await world.send(Draft())
        let override = PackageOverride(component: ComponentName("contrib")!, section: "utils")
        _ = try await world.catalog.order(.admit(override), upload: held.id, now: world.now)
        #expect(try await world.service.process().map(\.verdict.outcome) == [.accepted])
        let suite = try #require(archive.suite(SuiteName("bookworm")!))
        let source = try #require(try await world.catalog.snapshot(ofSuite: suite.id)?.sources.first)
        #expect(source.component.text == "contrib" && source.section == "utils" && source.priority == "optional")
        let hello = PackageName("hello")!
        try await world.catalog.removeOverride(of: hello, .source, in: archive)
        #expect(try await world.catalog.override(of: hello, .source, in: archive) == nil)
        await #expect(throws: Conflict.self) {
            try await world.catalog.removeOverride(of: hello, .source, in: archive)
        }
    }

    /// A primary archive keeps what the first upload says, where whoever admits it leaves it open.
    @Test func whatIsLeftOpenWhenItIsAdmittedIsKept() async throws {
        let world = try await World()
        let archive = try await world.archive(World.primary)
        try await world.catalog.setNew(true, of: archive)
        try await world.catalog.give(UploadRight(), to: OwnerName("alice")!, in: archive)
        let held = try await world.send(Draft(), path: "debian")
        let said = PackageOverride(section: "utils")
        _ = try await world.catalog.order(.admit(said), upload: held.id, now: world.now)
        #expect(try await world.service.process().map(\.verdict.outcome) == [.accepted])
        let kept = try await world.catalog.override(of: PackageName("hello")!, .source, in: archive)
        #expect(kept == PackageOverride(component: .main, section: "utils", priority: "optional"))
    }

    /// What is said of a source goes with it when it is refused after all.
    @Test func whatIsRefusedAfterAllLeavesNoOverride() async throws {
        let world = try await Self.world()
        let archive = try await world.archive()
        let held = try await world.send(Draft())
        _ = try await world.catalog.order(.admit(PackageOverride(section: "utils")), upload: held.id, now: world.now)
        try await world.catalog.setBlocked(
            true, person: try #require(try await world.catalog.person(named: OwnerName("alice")!)))
        #expect(try await world.service.process().map(\.codes) == [["blocked-person"]])
        #expect(try await world.catalog.overrides(in: archive).isEmpty)
    }

    @Test func whoDecidesIsSaid() async throws {
        let world = try await Self.world()
        let held = try await world.send(Draft())
        #expect(held.verdict.waitsFor.first?.contains("until its owner or an admin has looked") == true)
    }

    /// All checks are made once more.
    @Test func admittedIsJudgedAgain() async throws {
        let world = try await Self.world()
        let held = try await world.send(Draft())
        try await world.catalog.setBlocked(
            true, person: try #require(try await world.catalog.person(named: OwnerName("alice")!)))
        #expect(try await Self.admit(held, in: world).map(\.codes) == [["blocked-person"]])
        #expect(try await world.catalog.uploadsInNew().isEmpty)
    }

    @Test func onlyWhatWaitsInNewIsAdmitted() async throws {
        let world = try await World()
        let held = try await world.send(Draft(), path: "\(World.path)/DELAYED/3-day")
        await #expect(throws: Conflict.self) { _ = try await Self.admit(held, in: world) }
    }

    /// Its files are looked for again and again by whoever sends something to the same path.
    @Test func isNotJudgedAgainForWhatOthersSend() async throws {
        let world = try await Self.world()
        let held = try await world.send(Draft(), session: "s1")
        try await world.send(["stray.dsc": [1]], session: "s2")
        #expect(try await world.catalog.upload(held.id)?.attempts == 1)
    }
}
