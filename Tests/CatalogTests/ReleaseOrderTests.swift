import ArchiveModel
import DebianControl
import Testing

@testable import Catalog

/// Who goes from one release to the next is to get newer packages: so numbers of rebuilds are given to the oldest release first.
@Suite struct ReleaseOrderTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// By suite, those that are older and those that are newer.
        let orders: [String: (older: [String], newer: [String])]
        let suites: [String]
        let sorted: [String]
    }

    static let rows = [
        Row(testDescription: "no order", orders: [:], suites: ["c", "a", "b"], sorted: ["a", "b", "c"]),
        Row(testDescription: "older", orders: ["a": (["b"], [])], suites: ["a", "b"], sorted: ["b", "a"]),
        Row(testDescription: "newer", orders: ["b": ([], ["a"])], suites: ["a", "b"], sorted: ["b", "a"]),
        Row(
            testDescription: "by way of one that is not there", orders: ["a": (["m"], []), "z": ([], ["m"])],
            suites: ["a", "z"], sorted: ["z", "a"]),
        Row(
            testDescription: "some are ordered", orders: ["a": (["z"], [])], suites: ["a", "b", "z"],
            sorted: ["b", "z", "a"]),
        Row(
            testDescription: "a circle", orders: ["a": (["b"], []), "b": (["a"], []), "c": ([], ["a"])],
            suites: ["a", "b", "c"], sorted: ["c", "a", "b"]),
    ]

    @Test(arguments: rows)
    func theOldestComesFirst(_ row: Row) {
        func names(_ texts: [String]) -> [SuiteName] { texts.map { SuiteName($0)! } }
        let order = ReleaseOrder(
            row.orders.map { name, order in
                (SuiteName(name)!, SuiteOrder(newerThan: names(order.older), olderThan: names(order.newer)))
            })
        let suites = names(row.suites).map { name in
            ArchiveSuite(
                id: 0, name: name, architectures: [], state: .open, onlyAdminsOpen: false, isWithdrawn: false,
                baseSources: "")
        }
        #expect(order.oldestFirst(suites).map(\.name.text) == row.sorted)
    }

    /// zoo is older than mid, which is older than bookworm; the archive has no mid, and the same version in both others.
    @Test func theNewerReleaseGetsTheHigherNumber() async throws {
        let fixture = try await CatalogFixture()
        let archive = try await Self.archive(fixture)
        try await fixture.accept(fixture.source("hello", "1.0", in: archive))
        try await fixture.build(["hello"], "1.0")
        let copy = PackageCopy(
            from: archive.reference, Self.bookworm, to: archive.reference, Self.zoo, packages: nil, withBinaries: true,
            by: fixture.alice, CatalogFixture.aliceKey, quotas: QuotaRule())
        #expect(try await fixture.carryOut(fixture.order([.copy(copy)], signature: "copy")).isDone)
        #expect(
            try await Self.rebuild(archive, fixture, "binary") == [
                "hello 1.0 is built once more for zoo on amd64, as 1.0+b1.",
                "hello 1.0 is built once more for bookworm on amd64, as 1.0+b2.",
            ])
        var settings = ArchiveSettings()
        settings.rebuilds = .source
        _ = try await fixture.catalog.change(archive.reference, settings)
        #expect(
            try await Self.rebuild(archive, fixture, "source") == [
                "hello 1.0 is made once more for zoo, as 1.0+build1; a mail says when it is there.",
                "hello 1.0 is made once more for bookworm, as 1.0+build2; a mail says when it is there.",
            ])
    }

    static let (bookworm, zoo) = (SuiteName("bookworm")!, SuiteName("zoo")!)

    private static func archive(_ fixture: CatalogFixture) async throws -> Archive {
        let mid = SuiteName("mid")!
        let orders = [bookworm: SuiteOrder(newerThan: [mid]), mid: SuiteOrder(), zoo: SuiteOrder(olderThan: [mid])]
        try await fixture.catalog.describe(
            orders.map { name, order in
                SuiteDescription(
                    distribution: DistributionName("debian")!, name: name, architectures: [CatalogFixture.amd64],
                    components: [.main], baseSources: "", order: order)
            })
        return try await fixture.catalog.createArchive(
            NewArchive(
                ArchiveReference("~alice/debian/two")!, kind: .ppa, description: "",
                signingKey: CatalogFixture.aliceKey, suites: [bookworm, zoo].map { (name: $0, architectures: nil) }),
            now: 1)
    }

    private static func rebuild(
        _ archive: Archive, _ fixture: CatalogFixture, _ signature: String
    ) async throws -> [String] {
        let rebuild = PackageRebuild(
            in: archive.reference, nil, suites: nil, architectures: nil, reason: "for libgreet2", by: fixture.alice,
            CatalogFixture.aliceKey)
        let report = try await fixture.carryOut(fixture.order([.rebuild(rebuild)], signature: signature))
        return report.results.flatMap(\.sentences)
    }
}
