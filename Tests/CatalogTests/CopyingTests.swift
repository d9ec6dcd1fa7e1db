import ArchiveModel
import Catalog
import DebianControl
import Testing

/// Copies between archives and suites: what is published, what is built, and each rule that refuses one.
@Suite struct CopyingTests {
    /// `hello 1.0` with its packages in alice's tools; an empty `other`.
    private static func fixture() async throws -> CatalogFixture {
        let fixture = try await CatalogFixture()
        try await fixture.catalog.createArchive(CatalogFixture.newArchive("~alice/debian/other"), now: 1)
        try await fixture.accept(fixture.source("hello", "1.0"))
        try await fixture.build(["hello"], "1.0")
        return fixture
    }

    @Test func aSourceIsBuiltAnewWhereItIsCopiedTo() async throws {
        let fixture = try await Self.fixture()
        let report = try await fixture.copy("hello")
        #expect(report.isDone, "\(report)")
        #expect(
            report.results.first?.sentences == [
                "hello 1.0 is copied from ~alice/debian/tools, bookworm, to ~alice/debian/other, bookworm; to be built: amd64."
            ])
        let other = try await fixture.other
        let snapshot = try #require(try await fixture.catalog.snapshot(ofSuite: other.suites[0].id))
        #expect(snapshot.sources.map(\.name) == [PackageName("hello")!])
        #expect(snapshot.sources.first?.files.count == 1 && snapshot.binaries.isEmpty)
        #expect(try await fixture.catalog.builds(in: other.reference, states: [.wanted]).count == 1)
        #expect(other.bytes == fixture.bytes(["hello1.0", "tarhello1.0"]))
    }

    @Test func withItsPackagesNothingIsBuilt() async throws {
        let fixture = try await Self.fixture()
        let report = try await fixture.copy("hello", withBinaries: true)
        #expect(report.isDone, "\(report)")
        let other = try await fixture.other
        let snapshot = try #require(try await fixture.catalog.snapshot(ofSuite: other.suites[0].id))
        #expect(snapshot.binaries.map(\.file.name.description) == ["hello_1.0_amd64.deb"])
        #expect(try await fixture.catalog.builds(in: other.reference).isEmpty)
        let again = try await fixture.copy("hello", withBinaries: true, signature: "again")
        #expect(again.results.first?.sentences == ["hello 1.0 is in ~alice/debian/other, bookworm, already."])
        #expect(try await fixture.other.bytes == other.bytes)
    }

    /// What a command names is counted with what comes along.
    @Test func theExtentOfACopy() async throws {
        let fixture = try await Self.fixture()
        try await fixture.accept(fixture.source("bye", "1.0"))
        func extent(_ names: [(String, String?)]?, withBinaries: Bool) async throws -> Int {
            let packages = names?.map { name, version in
                NamedExtent.Package(PackageName(name)!, version.flatMap { PackageVersion($0) })
            }
            return try await fixture.catalog.count(
                of: NamedExtent(
                    in: fixture.archive.reference, [fixture.suite.name], packages, withBinaries: withBinaries))
        }
        #expect(try await extent(nil, withBinaries: false) == 2)
        #expect(try await extent(nil, withBinaries: true) == 3)
        #expect(try await extent([("hello", nil), ("none", nil)], withBinaries: true) == 2)
        _ = try await fixture.carryOut(fixture.order([.removePackages(fixture.removal("hello"))]))
        #expect(try await extent([("hello", nil)], withBinaries: true) == 0)
        #expect(try await extent([("hello", "1.0"), ("bye", "2")], withBinaries: true) == 2, "it may come back")
    }

    /// Of an archive, whichever others have the same: by its suites, or by those that the packages name.
    @Test func theExtentOfAnArchive() async throws {
        let fixture = try await Self.fixture()
        #expect(try await fixture.copy("hello", withBinaries: true).isDone)
        func extent(_ suites: [String]?, _ packages: [NamedExtent.Package]?) async throws -> Int {
            try await fixture.catalog.count(
                of: NamedExtent(
                    in: fixture.archive.reference, suites?.map { SuiteName($0)! }, packages, withBinaries: true))
        }
        let (hello, suite) = (PackageName("hello")!, fixture.suite.name)
        #expect(try await extent(nil, nil) == 2)
        #expect(try await extent(["trixie"], nil) == 0)
        #expect(try await extent([], nil) == 0)
        #expect(try await extent(nil, []) == 0)
        #expect(try await extent(nil, [.init(hello, nil)]) == 2)
        #expect(try await extent(["trixie"], [.init(hello, nil)]) == 0)
        #expect(try await extent(["trixie"], [.init(hello, nil, in: suite, times: 3)]) == 6, "for three suites")
    }

    @Test func whatWasRemovedComesBackWithItsVersion() async throws {
        let fixture = try await Self.fixture()
        _ = try await fixture.carryOut(fixture.order([.removePackages(fixture.removal("hello"))]))
        let place = fixture.archive.reference
        let unnamed = try await fixture.copy("hello", to: place, withBinaries: true, signature: "s2")
        #expect(
            unnamed.results.flatMap(\.findings).map(\.sentence) == [
                "hello is not in ~alice/debian/tools, bookworm."
            ])
        let report = try await fixture.copy("hello", "1.0", to: place, withBinaries: true, signature: "s3")
        #expect(report.isDone, "\(report)")
        #expect(try await fixture.live().count == 2)
    }

    @Test func allOfASuiteAndTheNewestOfEach() async throws {
        let fixture = try await Self.fixture()
        try await fixture.accept(fixture.source("bye", "1.0"))
        try await fixture.accept(fixture.source("hello", "2.0"))
        let report = try await fixture.copy(nil)
        #expect(report.isDone, "\(report)")
        let snapshot = try #require(try await fixture.catalog.snapshot(ofSuite: fixture.other.suites[0].id))
        #expect(snapshot.sources.map(\.dsc.name.description) == ["bye_1.0.dsc", "hello_2.0.dsc"])
    }

    /// What a builder made is that, however often it was copied; what a person uploaded is not taken everywhere.
    @Test func packagesOfPeopleGoOnlyWhereTheyMayBeUploaded() async throws {
        let fixture = try await CatalogFixture()
        try await fixture.catalog.createArchive(CatalogFixture.newArchive("~alice/debian/other"), now: 1)
        try await fixture.catalog.createArchive(CatalogFixture.newArchive("~alice/debian/third"), now: 1)
        try await fixture.accept(fixture.source("built", "1.0"))
        try await fixture.build(["built"], "1.0")
        try await fixture.accept(fixture.withPackage(fixture.source("hello", "1.0", builds: [])))
        #expect(try await fixture.copy("built", withBinaries: true, signature: "s1").isDone)
        let third = ArchiveReference("~alice/debian/third")!
        let chain = PackageCopy(
            from: try await fixture.other.reference, fixture.suite.name, to: third, fixture.suite.name,
            packages: nil, withBinaries: true, by: fixture.alice, CatalogFixture.aliceKey, quotas: QuotaRule())
        #expect(try await fixture.carryOut(fixture.order([.copy(chain)], signature: "s2")).isDone)
        let copy = fixture.copyOf("hello", withBinaries: true)
        #expect(try await fixture.catalog.preview(copy).map(\.code) == ["not-source-only"])
        try await fixture.catalog.setTakesBinaries(true, of: fixture.other)
        #expect(try await fixture.catalog.preview(copy).isEmpty)
    }

    @Test func aCopyHasABound() async throws {
        let fixture = try await Self.fixture()
        let packages = (0...3).map {
            PackageRemoval.Package(name: PackageName("p\($0)")!, version: nil)
        }
        let copy = PackageCopy(
            from: fixture.archive.reference, fixture.suite.name, to: try await fixture.other.reference,
            fixture.suite.name, packages: packages, withBinaries: false, by: fixture.alice, CatalogFixture.aliceKey,
            quotas: QuotaRule(), limit: 3)
        #expect(try await fixture.catalog.preview(copy).map(\.code) == ["too-much-at-once"])
    }

    @Test func anOlderVersionThereIsSuperseded() async throws {
        let fixture = try await Self.fixture()
        _ = try await fixture.copy("hello", withBinaries: true)
        try await fixture.accept(fixture.source("hello", "2.0"))
        try await fixture.build(["hello"], "2.0")
        #expect(try await fixture.copy("hello", withBinaries: true, signature: "s2").isDone)
        let snapshot = try #require(try await fixture.catalog.snapshot(ofSuite: fixture.other.suites[0].id))
        #expect(snapshot.sources.map(\.dsc.name.description) == ["hello_2.0.dsc"])
        #expect(snapshot.binaries.map(\.file.name.description) == ["hello_2.0_amd64.deb"])
        let back = try await fixture.copy("hello", "1.0", withBinaries: true, signature: "s3")
        #expect(back.results.flatMap(\.findings).map(\.code) == ["not-possible"])
    }

    /// One transaction and one publication, however many; the store's files are not touched.
    @Test func aThousandSourcesWithPackagesAreOneCopy() async throws {
        let fixture = try await Self.fixture()
        for number in 1...999 {
            try await fixture.accept(fixture.source("p\(number)", "1.0"))
            try await fixture.build(["p\(number)"], "1.0")
        }
        let before = try await fixture.changes
        let report = try await fixture.copy(nil, withBinaries: true)
        #expect(report.isDone && report.results.first?.sentences.last == "So are 950 more.")
        let snapshot = try #require(try await fixture.catalog.snapshot(ofSuite: fixture.other.suites[0].id))
        #expect(snapshot.sources.count == 1000 && snapshot.binaries.count == 1000)
        #expect(try await fixture.changes == before + 1)
    }

    struct Row: CustomTestStringConvertible {
        let testDescription: String
        let code: String
        var version: String?
        var withBinaries = false
        let before: @Sendable (CatalogFixture) async throws -> Void
    }

    static let refused = [
        Row(testDescription: "never there", code: "not-in-suite", version: "9.0") { _ in },
        Row(testDescription: "no packages", code: "not-built", withBinaries: true) {
            try await $0.accept($0.source("hello", "2.0"))
        },
        Row(testDescription: "another text of the version", code: "version-taken") {
            try await $0.acceptInOther("hello", "1.0")
        },
        Row(testDescription: "the version in other words", code: "version-taken", version: "1.0") {
            try await $0.acceptInOther("hello", "1.00")
        },
        Row(testDescription: "newer there", code: "version-not-newer") { try await $0.acceptInOther("hello", "3.0") },
        Row(testDescription: "being built there", code: "build-under-way", withBinaries: true) {
            _ = try await $0.copy("hello", signature: "first")
        },
        Row(testDescription: "other bytes of a name", code: "file-differs-from-published") {
            try await $0.acceptInOther("hello", "0.9", tarball: "hello_1.0.tar.xz")
        },
        Row(testDescription: "built there, and removed", code: "built-already", version: "1.0") {
            _ = try await $0.copy("hello", withBinaries: true, signature: "first")
            let removal = PackageRemoval(
                archive: ArchiveReference("~alice/debian/other")!, suites: nil,
                packages: [.init(name: PackageName("hello")!, version: nil)])
            _ = try await $0.carryOut($0.order([.removePackages(removal)], signature: "second"))
        },
        Row(testDescription: "a closed suite", code: "suite-closed") {
            try await $0.catalog.setState(.closed, of: $0.other.suites[0])
        },
        Row(testDescription: "no room", code: "quota-exceeded") {
            try await $0.catalog.setQuota(.bytes(3), of: $0.other)
        },
    ]

    @Test(arguments: refused)
    func isRefused(_ row: Row) async throws {
        let fixture = try await Self.fixture()
        try await row.before(fixture)
        let copy = fixture.copyOf("hello", row.version, withBinaries: row.withBinaries)
        #expect(try await fixture.catalog.preview(copy).map(\.code) == [row.code])
        let before = try await fixture.other
        let report = try await fixture.carryOut(fixture.order([.copy(copy)], signature: "last"))
        #expect(!report.isDone, "what has changed since it was looked at is seen")
        #expect(try await fixture.other == before)
    }

    /// Its owner and admins decide about what waits, and so may copy it.
    @Test func whatIsNewOrForAFrozenSuiteIsCopiedByWhoDecides() async throws {
        let fixture = try await Self.fixture()
        try await fixture.catalog.setNew(true, of: fixture.other)
        try await fixture.catalog.setState(.frozen, of: fixture.other.suites[0], byAdmin: false)
        let name = OwnerName("bob")!
        try await fixture.catalog.addPerson(name, mail: MailAddress("bob@example.org")!, keys: [], now: 1)
        let bob = try unwrapped(await fixture.catalog.person(named: name))
        try await fixture.catalog.give(UploadRight(), to: name, in: fixture.other)
        let others = try await fixture.catalog.preview(fixture.copyOf("hello", by: bob)).map(\.code)
        #expect(others == ["new-to-archive", "suite-closed"])
        #expect(try await fixture.catalog.preview(fixture.copyOf("hello")).isEmpty)
        try await fixture.catalog.setState(.frozen, of: fixture.other.suites[0])
        #expect(try await fixture.catalog.preview(fixture.copyOf("hello")).map(\.code) == ["suite-closed"])
        try await fixture.catalog.setAdmin(true, person: bob)
        let admin = try unwrapped(await fixture.catalog.person(named: name))
        #expect(try await fixture.catalog.preview(fixture.copyOf("hello", by: admin)).isEmpty)
    }
}

extension CatalogFixture {
    var other: Archive {
        get async throws { try unwrapped(await catalog.archive(ArchiveReference("~alice/debian/other")!)) }
    }

    /// How often `other` has changed, as its publisher sees it.
    var changes: Int64 {
        get async throws {
            let suite = try await other.suites[0].id
            return try unwrapped(await catalog.snapshot(ofSuite: suite)).change
        }
    }

    func bytes(_ texts: [String]) -> Int64 { texts.reduce(0) { $0 + Int64($1.utf8.count) } }

    /// - Parameter name: nil for all.
    func copyOf(
        _ name: String?, _ version: String? = nil, to: ArchiveReference? = nil, withBinaries: Bool = false,
        by person: Person? = nil
    ) -> PackageCopy {
        let packages = name.map {
            [PackageRemoval.Package(name: PackageName($0)!, version: version.map { PackageVersion($0)! })]
        }
        return PackageCopy(
            from: archive.reference, suite.name, to: to ?? ArchiveReference("~alice/debian/other")!, suite.name,
            packages: packages, withBinaries: withBinaries, by: person ?? alice, Self.aliceKey, quotas: QuotaRule())
    }

    func copy(
        _ name: String?, _ version: String? = nil, to: ArchiveReference? = nil, withBinaries: Bool = false,
        signature: String = "signature"
    ) async throws -> CommandReport {
        let copy = copyOf(name, version, to: to, withBinaries: withBinaries)
        return try await carryOut(order([.copy(copy)], signature: signature))
    }

    /// With a package that a person made.
    func withPackage(_ source: AcceptedSource, for architecture: Architecture = amd64) -> AcceptedSource {
        let package = AcceptedBinaries.Binary(
            name: source.name, version: source.version, architecture: architecture,
            file: Self.file("\(source.name)_\(source.version)_\(architecture).deb", bytes: "by hand"), section: "misc",
            control: source.control)
        return AcceptedSource(
            archive: source.archive, suite: source.suite, name: source.name, version: source.version, dsc: source.dsc,
            files: source.files, control: source.control, component: source.component, section: source.section,
            priority: source.priority, changes: "", signer: source.signer, signingKey: source.signingKey,
            signatureIdentity: source.signatureIdentity, builds: [], packages: [package])
    }

    /// A source of somebody else's making.
    func acceptInOther(_ name: String, _ version: String, tarball: String? = nil) async throws {
        let other = try await other
        let made = source(name, version)
        let files = tarball.map { [Self.file($0, bytes: "other")] } ?? made.files
        let source = AcceptedSource(
            archive: other, suite: other.suites[0], name: made.name, version: made.version,
            dsc: Self.file("\(name)_\(version).dsc", bytes: "another"), files: files, control: made.control,
            component: .main, section: "misc", priority: "optional", changes: "", signer: alice,
            signingKey: Self.aliceKey, signatureIdentity: "other \(name) \(version)", builds: [])
        try await accept(source, session: "other-\(name)-\(version)")
    }
}
