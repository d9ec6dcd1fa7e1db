import ArchiveModel
import Catalog
import DebianControl
import Testing

/// What is taken out of one suite stays in the others.
@Suite struct RemovalTests {
    private static let (bookworm, trixie) = (SuiteName("bookworm")!, SuiteName("trixie")!)
    private static let both = ArchiveReference("~alice/debian/both")!

    /// hello 1.0 with its package, in two suites.
    private static func fixture() async throws -> CatalogFixture {
        let fixture = try await CatalogFixture()
        try await fixture.catalog.describe([
            SuiteDescription(
                distribution: DistributionName("debian")!, name: trixie, architectures: [CatalogFixture.amd64],
                components: [.main], baseSources: "")
        ])
        try await fixture.catalog.createArchive(
            NewArchive(
                both, kind: .ppa, description: "", signingKey: CatalogFixture.aliceKey,
                suites: [bookworm, trixie].map { (name: $0, architectures: [CatalogFixture.amd64]) }), now: 1)
        try await fixture.accept(fixture.source("hello", "1.0"))
        try await fixture.build(["hello"], "1.0")
        for (number, suite) in [bookworm, trixie].enumerated() {
            let copy = PackageCopy(
                from: fixture.archive.reference, bookworm, to: both, suite, packages: nil, withBinaries: true,
                by: fixture.alice, CatalogFixture.aliceKey, quotas: QuotaRule())
            let report = try await fixture.carryOut(fixture.order([.copy(copy)], signature: "copy \(number)"))
            #expect(report.isDone)
        }
        return fixture
    }

    private static func live(_ fixture: CatalogFixture, _ suite: SuiteName) async throws -> [Int] {
        let archive = try unwrapped(await fixture.catalog.archive(both))
        let snapshot = try unwrapped(await fixture.catalog.snapshot(ofSuite: try unwrapped(archive.suite(suite)).id))
        return [snapshot.sources.count, snapshot.binaries.count]
    }

    @Test func aSuitesSourceLeavesItWithItsPackages() async throws {
        let fixture = try await Self.fixture()
        let hello = PackageRemoval.Package(name: PackageName("hello")!, version: nil)
        let removal = PackageRemoval(archive: Self.both, suites: [Self.trixie], packages: [hello])
        #expect(try await fixture.carryOut(fixture.order([.removePackages(removal)], signature: "r")).isDone)
        #expect(try await Self.live(fixture, Self.trixie) == [0, 0])
        #expect(try await Self.live(fixture, Self.bookworm) == [1, 1])
        #expect(try await !fixture.carryOut(fixture.order([.removePackages(removal)], signature: "s")).isDone)
    }
}
