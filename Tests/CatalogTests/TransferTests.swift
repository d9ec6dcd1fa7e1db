import ArchiveModel
import Catalog
import DebianControl
import Testing

/// What a PPA has goes into its distribution's own archive: what is newer, by the archive's own rules, and all or nothing.
@Suite struct TransferTests {
    /// alice may upload to the primary archive, which has hello 1.0 and bye 3.0. Her tools have hello 2.0, bye 2.0 and same 1.0.
    private static func fixture(takesTransfers: Bool = true) async throws -> CatalogFixture {
        let fixture = try await CatalogFixture()
        try await fixture.describe(takesTransfers: takesTransfers)
        try await fixture.catalog.createArchive(
            NewArchive(
                ArchiveReference("debian")!, kind: .primary, description: "", signingKey: CatalogFixture.aliceKey,
                suites: [(name: fixture.suite.name, architectures: [CatalogFixture.amd64])]), now: 1)
        let debian = try await fixture.debian
        try await fixture.catalog.give(UploadRight(), to: fixture.alice.name, in: debian)
        for (name, version) in [("hello", "1.0"), ("bye", "3.0"), ("same", "1.0")] {
            try await fixture.accept(fixture.source(name, version, in: debian), session: "debian-\(name)")
            try await fixture.build([name], version)
        }
        for (name, version) in [("hello", "2.0"), ("bye", "2.0")] {
            try await fixture.accept(fixture.source(name, version))
            try await fixture.build([name], version)
        }
        return fixture
    }

    @Test func whatIsNewerIsPublishedWithItsPackages() async throws {
        let fixture = try await Self.fixture()
        let report = try await fixture.transfer()
        #expect(report.isDone, "\(report)")
        #expect(
            report.results.first?.sentences == [
                "hello 2.0 is copied from ~alice/debian/tools, bookworm, to debian, bookworm, with 1 packages.",
                "bye 2.0 is left out: debian, bookworm, has 3.0.",
            ])
        let snapshot = try #require(try await fixture.catalog.snapshot(ofSuite: fixture.debian.suites[0].id))
        #expect(snapshot.sources.map(\.dsc.name.description) == ["bye_3.0.dsc", "hello_2.0.dsc", "same_1.0.dsc"])
        #expect(snapshot.binaries.map(\.file.name.description).contains("hello_2.0_amd64.deb"))
        let again = try await fixture.catalog.preview(fixture.transferOrder())
        #expect(again.map(\.code) == ["nothing-newer"])
    }

    @Test func aDryRunSaysAllAndDoesNothing() async throws {
        let fixture = try await Self.fixture()
        let before = try await fixture.debian
        let order = fixture.order([.transfer(fixture.transferOrder())], isDryRun: true)
        let report = try await fixture.carryOut(order)
        #expect(report.isDone && report.results.first?.sentences.count == 2)
        #expect(try await fixture.debian == before)
    }

    struct Row: CustomTestStringConvertible {
        let testDescription: String
        let codes: [String]
        var suites: [String]?
        var takesTransfers = true
        var before: @Sendable (CatalogFixture) async throws -> Void = { _ in }
    }

    static let refused = [
        Row(testDescription: "no suite takes transfers", codes: ["no-transfers"], takesTransfers: false),
        Row(
            testDescription: "the named one takes none", codes: ["no-transfers"], suites: ["bookworm"],
            takesTransfers: false),
        Row(testDescription: "no such suite", codes: ["no-suite"], suites: ["bookworm", "sid"]),
        Row(testDescription: "something without packages", codes: ["not-built"]) {
            try await $0.accept($0.source("same", "2.0"))
        },
        Row(testDescription: "something that debian never had", codes: ["new-to-archive"]) {
            try await $0.accept($0.source("fresh", "1.0"))
            try await $0.build(["fresh"], "1.0")
        },
        Row(testDescription: "a frozen suite", codes: ["suite-closed"]) {
            try await $0.catalog.setState(.frozen, of: $0.debian.suites[0])
        },
        Row(testDescription: "no right", codes: ["no-right"]) {
            let rights = try await $0.catalog.rights(in: $0.debian)
            for right in rights { try await $0.catalog.withdraw(right: right.id, in: $0.debian) }
        },
        Row(testDescription: "taken down", codes: ["no-archive"]) {
            _ = try await $0.carryOut($0.order([.takeDown($0.archive.reference)], signature: "down"))
        },
    ]

    @Test(arguments: refused)
    func allOrNothing(_ row: Row) async throws {
        let fixture = try await Self.fixture(takesTransfers: row.takesTransfers)
        try await row.before(fixture)
        let transfer = fixture.transferOrder(row.suites)
        #expect(try await fixture.catalog.preview(transfer).map(\.code) == row.codes)
        let before = try await fixture.debian
        let report = try await fixture.carryOut(fixture.order([.transfer(transfer)], signature: "last"))
        #expect(!report.isDone, "asked where it is done, too")
        #expect(try await fixture.debian == before)
    }
}

extension CatalogFixture {
    fileprivate var debian: Archive {
        get async throws { try unwrapped(await catalog.archive(ArchiveReference("debian")!)) }
    }

    fileprivate func describe(takesTransfers: Bool) async throws {
        try await catalog.describe([
            SuiteDescription(
                distribution: DistributionName("debian")!, name: suite.name, architectures: [Self.amd64],
                components: [.main], baseSources: "", takesTransfers: takesTransfers)
        ])
    }

    fileprivate func transferOrder(_ suites: [String]? = nil) -> PackageTransfer {
        PackageTransfer(
            of: archive.reference, suites?.map { SuiteName($0)! }, by: alice, Self.aliceKey, quotas: QuotaRule())
    }

    fileprivate func transfer() async throws -> CommandReport {
        try await carryOut(order([.transfer(transferOrder())], signature: "transfer"))
    }
}
