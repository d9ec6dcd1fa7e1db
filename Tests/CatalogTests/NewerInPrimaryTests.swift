import ArchiveModel
import Catalog
import DebianControl
import Testing

/// What PPAs do about newer versions in their distribution's own archive here.
@Suite struct NewerInPrimaryTests {
    /// alice's tools with `hello 1`; the primary archive has `hello 2`, and the mirror of bookworm 3.
    private static func fixture(_ action: NewerInBaseAction) async throws -> (CatalogFixture, Archive) {
        let fixture = try await CatalogFixture()
        let primary = try await fixture.catalog.createArchive(
            NewArchive(
                ArchiveReference("debian")!, kind: .primary, description: "", signingKey: CatalogFixture.aliceKey,
                suites: [(name: SuiteName("bookworm")!, architectures: [CatalogFixture.amd64])]), now: 1)
        try await fixture.catalog.setNewerInBase(action, of: fixture.archive)
        try await fixture.accept(fixture.source("hello", "1", builds: []))
        try await fixture.accept(fixture.source("hello", "2", in: primary))
        let base = ["hello", "bye"].map { BaseSource(PackageName($0)!, PackageVersion("3")!, component: .main) }
        let suite = try unwrapped(await fixture.catalog.suites().first)
        try await fixture.catalog.setBase(Set(base), of: suite, now: 1)
        return (fixture, primary)
    }

    private static func settle(_ fixture: CatalogFixture, now: Int64 = 6) async throws -> [String] {
        try await fixture.catalog.settleNewerInBase(now: now).flatMap(\.packages).map {
            "\($0.name) \($0.version) \($0.baseVersion)"
        }
    }

    @Test(arguments: [NewerInBaseAction.nothing, .tell, .delete])
    func theDistributionsOwnArchiveIsTheBaseWhereItHasTheSource(_ action: NewerInBaseAction) async throws {
        let (fixture, primary) = try await Self.fixture(action)
        #expect(try await Self.settle(fixture) == (action == .nothing ? [] : ["hello 1 2"]))
        #expect(try await Self.settle(fixture, now: 7) == [], "once a version")
        #expect(try await fixture.live() == (action == .delete ? [] : ["source hello 1"]))
        try await fixture.accept(fixture.source("hello", "2.1", in: primary))
        #expect(try await Self.settle(fixture, now: 8) == (action == .tell ? ["hello 1 2.1"] : []))
    }

    @Test func ofOtherSourcesTheMirrorCounts() async throws {
        let (fixture, _) = try await Self.fixture(.tell)
        try await fixture.accept(fixture.source("bye", "1", builds: []))
        #expect(try await Self.settle(fixture) == ["bye 1 3", "hello 1 2"])
    }

    /// One that is hidden is no base, and so the mirror is asked.
    @Test func whatIsTakenDownIsNoBase() async throws {
        let (fixture, primary) = try await Self.fixture(.tell)
        _ = try await fixture.carryOut(fixture.order([.takeDown(primary.reference)], signature: "down"))
        #expect(try await Self.settle(fixture) == ["hello 1 3"])
    }

    /// When it is built there; not the mirror's version, and without a fetch.
    @Test func anUpdateIsACopy() async throws {
        let (fixture, _) = try await Self.fixture(.update)
        #expect(try await Self.settle(fixture) == [], "it is being built there")
        try await fixture.build(["hello"], "2")
        let told = try await fixture.catalog.settleNewerInBase(now: 7)
        #expect(told.flatMap(\.packages).map(\.copying) == [.done])
        #expect(try await fixture.live() == ["source hello 2"])
        #expect(try await fixture.catalog.waitingWishes(WantedImport.self).isEmpty)
        #expect(try await fixture.catalog.builds(in: fixture.archive.reference, states: [.wanted]).count == 1)
        #expect(try await Self.settle(fixture, now: 8) == [])
    }

    /// Nobody builds it: the PPA's people hear of it once for each version, and the admin every day, as long as it lasts.
    @Test func whatIsNotBuiltThereIsTold() async throws {
        let (fixture, primary) = try await Self.fixture(.update)
        let wanted = try #require(try await fixture.catalog.builds(in: primary.reference).first).created
        func tell(at day: Int64) async throws -> [String] {
            try await fixture.catalog.tellOfAwaitedBuilds(after: 7 * 86_400, now: wanted + day * 86_400)
        }
        func digest() async throws -> [String] {
            try await fixture.catalog.digestOfLastDay(now: wanted + 10 * 86_400, disks: []).failures
        }
        #expect(try await tell(at: 6) == [])
        #expect(try await digest() == [], "nobody was told yet")
        let told = try await tell(at: 7)
        #expect(told.count == 1)
        #expect(told.first?.hasPrefix("~alice/debian/tools, bookworm, has hello 1 and waits for 2,") == true, "\(told)")
        #expect(try await tell(at: 8) == [], "once")
        #expect(try await digest() == told)
        let letters = try await fixture.catalog.letters(limit: 9).filter { $0.identity.hasPrefix("awaited-") }
        #expect(letters.map(\.recipient) == ["alice@example.org"])
        try await fixture.build(["hello"], "2")
        #expect(try await digest() == [], "it is built")
        _ = try await Self.settle(fixture)
        #expect(try await fixture.live() == ["source hello 2"], "what was told keeps nothing from being copied")
    }

    /// Only those that would get it wait for it.
    @Test(arguments: [NewerInBaseAction.nothing, .tell, .delete])
    func whoDoesNotFollowWaitsForNothing(_ action: NewerInBaseAction) async throws {
        let (fixture, _) = try await Self.fixture(action)
        #expect(try await fixture.catalog.tellOfAwaitedBuilds(after: 0, now: 1 << 40) == [])
    }

    /// Where the former version's packages came from there, so do the next one's.
    @Test func itsPackagesComeAlong() async throws {
        let (fixture, primary) = try await Self.fixture(.update)
        try await fixture.build(["hello"], "2")
        let copy = PackageCopy(
            from: primary.reference, fixture.suite.name, to: ArchiveReference("~alice/debian/other")!,
            fixture.suite.name, packages: nil, withBinaries: true, by: fixture.alice, CatalogFixture.aliceKey,
            quotas: QuotaRule())
        let other = try await fixture.catalog.createArchive(CatalogFixture.newArchive("~alice/debian/other"), now: 1)
        try await fixture.catalog.setNewerInBase(.update, of: other)
        #expect(try await fixture.carryOut(fixture.order([.copy(copy)], signature: "copy")).isDone)
        try await fixture.accept(fixture.source("hello", "2.5", in: primary))
        try await fixture.build(["hello"], "2.5")
        _ = try await fixture.catalog.settleNewerInBase(now: 9)
        let snapshot = try #require(try await fixture.catalog.snapshot(ofSuite: other.suites[0].id))
        #expect(snapshot.binaries.map(\.file.name.description) == ["hello_2.5_amd64.deb"])
        #expect(try await fixture.catalog.builds(in: other.reference).isEmpty)
    }

    /// The letter says why, and what the PPA has stays; it is copied when that has passed, and told.
    @Test func whatTheRulesRefuseIsSaidAndTriedAgain() async throws {
        let (fixture, _) = try await Self.fixture(.update)
        try await fixture.build(["hello"], "2")
        var settings = ArchiveSettings()
        settings.olderThan = .suite(fixture.suite.name)
        _ = try await fixture.catalog.change(fixture.archive.reference, settings)
        let told = try await fixture.catalog.settleNewerInBase(now: 7)
        guard case .refused(let cause)? = told.first?.packages.first?.copying else {
            Issue.record("\(told)")
            return
        }
        #expect(cause.contains("hello 2"))
        #expect(try await fixture.live() == ["source hello 1"])
        #expect(try await Self.settle(fixture, now: 8) == [], "that it is still so is no news")
        settings.olderThan = .nothing
        _ = try await fixture.catalog.change(fixture.archive.reference, settings)
        #expect(try await Self.settle(fixture, now: 9) == ["hello 1 2"])
        #expect(try await fixture.live() == ["source hello 2"])
        let letters = try await fixture.catalog.letters(limit: 9).filter { $0.identity.hasPrefix("newer-in-base") }
        #expect(letters.count == 2)
    }
}
