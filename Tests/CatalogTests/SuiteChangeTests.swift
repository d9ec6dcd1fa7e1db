import ArchiveModel
import Catalog
import DebianControl
import Testing

/// Suites that an archive gets and loses later.
@Suite struct SuiteChangeTests {
    private static let bookworm = SuiteName("bookworm")!
    private static let trixie = SuiteName("trixie")!

    /// alice's tools for bookworm on amd64; the distribution has trixie on more, and forky on arm64 alone.
    private static func fixture() async throws -> CatalogFixture {
        let fixture = try await CatalogFixture()
        try await fixture.catalog.describe([
            description("trixie", ["amd64", "arm64"]), description("forky", ["arm64"]),
            description("contrib", ["amd64"], components: [ComponentName("contrib")!]),
        ])
        return fixture
    }

    private static func description(
        _ name: String, _ architectures: [String], components: [ComponentName] = [.main]
    ) -> SuiteDescription {
        SuiteDescription(
            distribution: DistributionName("debian")!, name: SuiteName(name)!,
            architectures: architectures.map { Architecture($0)! }, components: components, baseSources: "")
    }

    private static func settings(_ suites: String...) -> ArchiveSettings {
        var settings = ArchiveSettings()
        settings.suites = suites.map { SuiteName($0)! }
        return settings
    }

    @Test func aSuiteIsAddedAndTakenAway() async throws {
        let fixture = try await Self.fixture()
        let said = try await fixture.change(Self.settings("bookworm", "trixie"))
        #expect(said == ["~alice/debian/tools has trixie, too: apt sees it with the next publication."])
        let both = try await fixture.now
        #expect(both.suites.map(\.name) == [Self.bookworm, Self.trixie])
        #expect(both.suite(Self.trixie)?.architectures == [CatalogFixture.amd64], "as limited as the others")
        try await fixture.publishAll(both)
        _ = try await fixture.change(Self.settings("bookworm"))
        #expect(try await fixture.now.suites.map(\.name) == [Self.bookworm])
        let waiting = try await fixture.catalog.suitesAwaitingPublication()
        #expect(waiting.map(\.name) == [Self.trixie], "apt has to lose it")
        let removed = try #require(try await fixture.catalog.removedSuite(waiting[0].id))
        #expect(try await fixture.catalog.snapshot(ofSuite: waiting[0].id) == nil)
        try await fixture.catalog.noteRemoved(removed)
        #expect(try await fixture.catalog.suitesAwaitingPublication().isEmpty)
    }

    /// It comes back as the same row: frozen as it was, and published anew.
    @Test func aSuiteComesBack() async throws {
        let fixture = try await Self.fixture()
        _ = try await fixture.change(Self.settings("bookworm", "trixie"))
        let first = try #require(try await fixture.now.suite(Self.trixie))
        try await fixture.catalog.setState(.frozen, of: first)
        try await fixture.publishAll(try await fixture.now)
        _ = try await fixture.change(Self.settings("bookworm"))
        let removed = try #require(try await fixture.catalog.removedSuite(first.id))
        _ = try await fixture.change(Self.settings("bookworm", "trixie"))
        let second = try #require(try await fixture.now.suite(Self.trixie))
        #expect(second.id == first.id && second.state == .frozen && second.onlyAdminsOpen)
        try await fixture.catalog.noteRemoved(removed)
        #expect(try await fixture.catalog.suitesAwaitingPublication().map(\.id) == [first.id], "still to be published")
        #expect(try await fixture.catalog.removedSuite(first.id) == nil)
    }

    @Test func allArchitecturesWhereTheOthersHaveAll() async throws {
        let fixture = try await Self.fixture()
        var all = Self.settings("bookworm")
        all.architectures = ["amd64", "i386"].map { Architecture($0)! }
        _ = try await fixture.change(all)
        _ = try await fixture.change(Self.settings("bookworm", "trixie"))
        #expect(try await fixture.now.suite(Self.trixie)?.architectures.map(\.description) == ["amd64", "arm64"])
    }

    @Test func whatCannotBeAddedIsSaid() async throws {
        let fixture = try await Self.fixture()
        let codes = try await fixture.obstacles(Self.settings("bookworm", "sid", "forky", "contrib")).map(\.code)
        #expect(codes == ["no-suite", "no-architecture", "unknown-component"])
        await #expect(throws: Conflict.self) { _ = try await fixture.change(Self.settings("bookworm", "forky")) }
        #expect(try await fixture.now.suites.count == 1)
    }

    @Test func whatIsPublishedOrBuiltThereKeepsIt() async throws {
        let fixture = try await Self.fixture()
        try await fixture.accept(fixture.source("hello", "1.0"))
        let settings = Self.settings("trixie")
        let contradictions = try await fixture.catalog.contradictions(to: settings, in: fixture.archive)
        #expect(contradictions.map(\.field) == ["Suites"])
        #expect(contradictions.first?.packages == ["hello 1.0, bookworm"])
        #expect(
            try await fixture.obstacles(settings).map(\.sentence) == [
                "For bookworm of ~alice/debian/tools 1 builds are wanted or under way."
            ])
        await #expect(throws: Conflict.self) { _ = try await fixture.change(settings) }
        _ = try await fixture.carryOut(fixture.order([.removePackages(fixture.removal("hello"))]))
        _ = try await fixture.change(settings)
        #expect(try await fixture.now.suites.map(\.name) == [Self.trixie])
    }

    /// Nor may its versions be used again: they are the archive's.
    @Test func whatWasJudgedBeforeItWasTakenAwayIsNotAccepted() async throws {
        let fixture = try await Self.fixture()
        let source = fixture.source("hello", "1.0")
        _ = try await fixture.change(Self.settings("trixie"))
        await #expect(throws: Conflict.self) { try await fixture.accept(source) }
        _ = try await fixture.change(Self.settings("bookworm"))
        try await fixture.accept(source)
    }

    @Test func whatIsFetchedForItKeepsIt() async throws {
        let fixture = try await Self.fixture()
        let base = BaseSource(PackageName("hello")!, PackageVersion("1")!, component: .main)
        let suite = try unwrapped(await fixture.catalog.suites().first { $0.name == Self.bookworm })
        try await fixture.catalog.setBase([base], of: suite, now: 1)
        let wanted = PackageImport(
            to: fixture.archive.reference, suites: nil, from: nil, packages: [.init(name: PackageName("hello")!)],
            withBinaries: true, by: fixture.alice, CatalogFixture.aliceKey, quotas: QuotaRule())
        #expect(try await fixture.carryOut(fixture.order([.importPackages(wanted)])).isDone)
        #expect(try await fixture.obstacles(Self.settings("trixie")).map(\.code) == ["suite-in-use"])
    }

    @Test func whatWaitsForItKeepsIt() async throws {
        let fixture = try await Self.fixture()
        _ = try await fixture.change(Self.settings("bookworm", "trixie"))
        try await fixture.hold("hello", for: Self.trixie)
        #expect(
            try await fixture.obstacles(Self.settings("bookworm")).map(\.sentence) == [
                "For trixie of ~alice/debian/tools these uploads wait: 1."
            ])
        #expect(try await fixture.obstacles(Self.settings("trixie")).isEmpty)
    }

    /// The owner's own PPA has to be changed first; others' are told, and keep nothing.
    @Test func whoDependsOnItIsAskedOrTold() async throws {
        let fixture = try await Self.fixture()
        let bob = OwnerName("bob")!
        try await fixture.catalog.addPerson(bob, mail: MailAddress("bob@example.org")!, keys: [], now: 1)
        for reference in ["~alice/debian/a", "~bob/debian/d"] {
            let archive = try await fixture.catalog.createArchive(CatalogFixture.newArchive(reference), now: 1)
            let person = try unwrapped(await fixture.catalog.person(named: archive.reference.owner!))
            let order = RelationOrder(of: archive.reference, .depends, [fixture.archive.reference], by: person)
            #expect(try await fixture.carryOut(fixture.order([.relate(order)], signature: reference)).isDone)
        }
        #expect(
            try await fixture.obstacles(Self.settings("trixie")).map(\.sentence) == [
                "~alice/debian/a depends on ~alice/debian/tools, and has bookworm."
            ])
        let none = RelationOrder(of: ArchiveReference("~alice/debian/a")!, .depends, [], by: fixture.alice)
        #expect(try await fixture.carryOut(fixture.order([.relate(none)], signature: "none")).isDone)
        _ = try await fixture.change(Self.settings("trixie"))
        let letters = try await fixture.notices("suite-")
        #expect(letters.map(\.recipient.address) == ["bob@example.org"])
    }

    @Test func buildsOfOthersGoOnWithoutIt() async throws {
        let fixture = try await Self.fixture()
        try await fixture.catalog.addPerson(
            OwnerName("bob")!, mail: MailAddress("bob@example.org")!, keys: [], now: 1)
        for reference in ["~alice/debian/a", "~bob/debian/d"] {
            try await fixture.catalog.createArchive(CatalogFixture.newArchive(reference), now: 1)
        }
        #expect(try await fixture.relate("d>a").isDone)
        try await fixture.publish("a")
        for version in ["1.0", "2.0"] {
            try await fixture.accept(fixture.source("hello", version, in: fixture.known("d")))
            let order = try #require(try await fixture.claim())
            #expect(order.needed.map(\.reference.description) == (version == "1.0" ? ["~alice/debian/a"] : []))
            _ = try await fixture.catalog.change(fixture.known("a").reference, Self.settings("trixie"))
        }
        #expect(try await fixture.catalog.preview(fixture.order("d>a")).map(\.code) == ["no-suite"])
    }
}

extension CatalogFixture {
    fileprivate var now: Archive {
        get async throws { try unwrapped(await catalog.archive(archive.reference)) }
    }

    fileprivate func change(_ settings: ArchiveSettings) async throws -> [String] {
        try await catalog.change(archive.reference, settings)
    }

    fileprivate func obstacles(_ settings: ArchiveSettings) async throws -> [Finding] {
        try await catalog.suiteObstacles(to: settings, in: now)
    }

    fileprivate func publishAll(_ archive: Archive) async throws {
        for suite in archive.suites {
            let snapshot = try unwrapped(await catalog.snapshot(ofSuite: suite.id))
            try await catalog.notePublished(snapshot, now: 3)
        }
    }

    /// An upload of alice's waits for a suite of her archive.
    fileprivate func hold(_ name: String, for suite: SuiteName) async throws {
        let path = "\(name).changes"
        let identity = UploadIdentity(session: "s", path: path, sha256: name)
        let (archive, alice) = (archive, alice)
        _ = try await catalog.record(identity, received: 1, now: 1) { number in
            let verdict = Verdict(.held, archive: archive.reference, suite: suite, package: name)
            return Decision(
                verdict: verdict, report: UploadReport(upload: number, changesName: path, verdict: verdict),
                letters: [], signer: alice, retryAt: 99, heldFor: archive.id)
        }
    }
}
