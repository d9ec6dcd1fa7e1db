import ArchiveModel
import Catalog
import DebianControl
import Testing

/// Packages built once more from the same source: which builds are wanted, under which number, and what comes of them.
@Suite struct RebuildTests {
    /// alice's tools have hello 1.0, built for amd64, and a bare source.
    private static func fixture() async throws -> CatalogFixture {
        let fixture = try await CatalogFixture()
        try await fixture.accept(fixture.source("hello", "1.0"))
        try await fixture.build(["hello"], "1.0")
        try await fixture.accept(fixture.source("bare", "1.0", builds: []))
        return fixture
    }

    @Test func thePackagesOfARebuildSupersede() async throws {
        let fixture = try await Self.fixture()
        let report = try await fixture.rebuild(["hello"])
        #expect(
            report.results.first?.sentences == [
                "hello 1.0 is built once more for bookworm on amd64, as 1.0+b1."
            ], "\(report)")
        let build = try #require(try await fixture.catalog.builds(states: [.wanted]).first)
        #expect(build.packageVersion == "1.0+b1" && build.reason == "for libgreet2" && !build.buildsAll)
        try await fixture.buildAgain("1.0+b1")
        let snapshot = try #require(try await fixture.catalog.snapshot(ofSuite: fixture.suite.id))
        #expect(snapshot.binaries.map(\.file.name.description) == ["hello_1.0+b1_amd64.deb"])
        #expect(snapshot.sources.map(\.dsc.name.description) == ["bare_1.0.dsc", "hello_1.0.dsc"])
    }

    /// Each architecture of each source is a build; where sources are made, each source is one.
    @Test func whatARebuildComesTo() async throws {
        let fixture = try await Self.fixture()
        func count(
            _ sources: [String]?, _ suites: [String]? = nil, _ architectures: [String]? = nil
        ) async throws -> Int {
            try await fixture.catalog.rebuildCount(
                in: fixture.archive.reference, sources?.map { PackageName($0)! }, suites?.map { SuiteName($0)! },
                architectures?.map { Architecture($0)! })
        }
        #expect(try await count(nil) == 1, "the bare one has no packages")
        #expect(try await count(["hello"], ["bookworm"], ["amd64"]) == 1)
        #expect(try await count(["hello"], nil, ["i386"]) == 0)
        #expect(try await count(["hello"], ["trixie"]) == 0)
        #expect(try await count(["bare"]) == 0)
        var settings = ArchiveSettings()
        settings.rebuilds = .source
        _ = try await fixture.catalog.change(fixture.archive.reference, settings)
        #expect(try await count(nil) == 2)
        try await fixture.catalog.setState(.closed, of: fixture.suite)
        #expect(try await count(nil) == 0, "nothing of a closed suite is built")
    }

    /// A person's own version may look like a rebuild's, with more digits than there are builds.
    @Test(arguments: ["1.0+b9223372036854775807", "1.0+b99999999999999999999", "1.0+b"])
    func aVersionThatLooksLikeARebuildIsRebuiltAsWell(version: String) async throws {
        let fixture = try await Self.fixture()
        try await fixture.accept(fixture.withPackage(fixture.source("odd", version, builds: [])))
        let report = try await fixture.rebuild(["odd"])
        #expect(report.results.first?.sentences.first?.hasSuffix("as \(version)+b1.") == true, "\(report)")
    }

    @Test func eachHasTheNextNumber() async throws {
        let fixture = try await Self.fixture()
        for number in 1...2 {
            #expect(try await fixture.rebuild(nil, signature: "\(number)").isDone)
            try await fixture.buildAgain("1.0+b\(number)")
        }
        #expect(try await fixture.rebuild(["hello"], signature: "3").isDone)
        let cancelled = try #require(try await fixture.catalog.builds(states: [.wanted]).first)
        try await fixture.catalog.cancelBuild(cancelled.id, cause: "x", now: 4)
        #expect(try await fixture.rebuild(["hello"], signature: "4").isDone)
        let builds = try await fixture.catalog.builds(in: fixture.archive.reference)
        #expect(builds.map(\.rebuild).sorted() == [0, 1, 2, 3, 4])
    }

    /// What was copied with a number keeps it: its name is taken there.
    @Test func numbersOfCopiedPackagesAreTaken() async throws {
        let fixture = try await Self.fixture()
        _ = try await fixture.rebuild(["hello"])
        try await fixture.buildAgain("1.0+b1")
        try await fixture.catalog.createArchive(CatalogFixture.newArchive("~alice/debian/other"), now: 1)
        #expect(try await fixture.copy("hello", withBinaries: true, signature: "copy").isDone)
        let other = try await fixture.other.reference
        #expect(try await fixture.rebuild(["hello"], in: other, signature: "again").isDone)
        #expect(try await fixture.catalog.builds(in: other).map(\.packageVersion) == ["1.0+b2"])
    }

    struct Row: CustomTestStringConvertible {
        let testDescription: String
        let codes: [String]
        var sources: [String]? = ["hello"]
        var suites: [String]?
        var architectures: [String]?
        var before: @Sendable (CatalogFixture) async throws -> Void = { _ in }
    }

    static let rows = [
        Row(testDescription: "all", codes: [], sources: nil),
        Row(testDescription: "no packages", codes: ["not-built"], sources: ["bare"]),
        Row(testDescription: "not there", codes: ["not-in-suite"], sources: ["hello", "none"]),
        Row(testDescription: "no such suite", codes: ["no-suite"], suites: ["sid"]),
        Row(testDescription: "nothing for the machine", codes: ["not-built"], architectures: ["i386"]),
        Row(testDescription: "nothing at all", codes: ["not-built"], sources: nil, architectures: ["i386"]),
        Row(testDescription: "for all machines only", codes: ["only-for-all"], sources: ["data"]) {
            try await $0.accept($0.withPackage($0.source("data", "1.0", builds: []), for: .all))
        },
        Row(testDescription: "being built", codes: ["build-under-way"]) { _ = try await $0.rebuild(["hello"]) },
        Row(testDescription: "a closed suite", codes: ["suite-closed"], suites: ["bookworm"]) {
            try await $0.catalog.setState(.closed, of: $0.suite)
        },
        Row(testDescription: "denied", codes: ["denied"]) {
            let denial = UploadDenial(source: PackageName("hello")!, version: nil, reason: "a complaint")!
            try await $0.catalog.add(denial, in: nil)
        },
        Row(testDescription: "taken down", codes: ["no-archive"]) {
            _ = try await $0.carryOut($0.order([.takeDown($0.archive.reference)], signature: "down"))
        },
    ]

    @Test(arguments: rows)
    func rules(_ row: Row) async throws {
        let fixture = try await Self.fixture()
        try await row.before(fixture)
        let order = fixture.rebuildOrder(row.sources, suites: row.suites, architectures: row.architectures)
        #expect(try await fixture.catalog.preview(order).map(\.code) == row.codes)
        let report = try await fixture.carryOut(fixture.order([.rebuild(order)], signature: "last"))
        #expect(report.isDone == row.codes.isEmpty, "asked where it is done, too")
    }

    @Test func onlyWhoMayUploadASourceRebuildsIt() async throws {
        let fixture = try await Self.fixture()
        let name = OwnerName("bob")!
        try await fixture.catalog.addPerson(name, mail: MailAddress("bob@example.org")!, keys: [], now: 1)
        let bob = try unwrapped(await fixture.catalog.person(named: name))
        let order = fixture.rebuildOrder(["hello"], by: bob)
        #expect(try await fixture.catalog.preview(order).map(\.code) == ["no-right"])
        try await fixture.catalog.give(UploadRight(source: PackageName("hello")!), to: name, in: fixture.archive)
        #expect(try await fixture.catalog.preview(order).isEmpty)
    }
}

extension CatalogFixture {
    /// - Parameter sources: nil for all.
    fileprivate func rebuildOrder(
        _ sources: [String]?, in other: ArchiveReference? = nil, suites: [String]? = nil,
        architectures: [String]? = nil,
        by person: Person? = nil
    ) -> PackageRebuild {
        PackageRebuild(
            in: other ?? archive.reference, sources?.map { PackageName($0)! }, suites: suites?.map { SuiteName($0)! },
            architectures: architectures?.map { Architecture($0)! }, reason: "for libgreet2", by: person ?? alice,
            Self.aliceKey)
    }

    fileprivate func rebuild(
        _ sources: [String]?, in other: ArchiveReference? = nil, signature: String = "rebuild"
    ) async throws -> CommandReport {
        try await carryOut(order([.rebuild(rebuildOrder(sources, in: other))], signature: signature))
    }

    /// The next wanted build makes hello of this version.
    fileprivate func buildAgain(_ version: String) async throws { try await build(["hello"], version) }
}
