import ArchiveModel
import Catalog
import DebianControl
import Testing

/// What rights, denials, the order of suites and the makers of packages say to a copy, also once it was looked at.
@Suite struct CopyPolicyTests {
    /// mallory may upload hello to alice's tools, and has archives of her own: a stash with hello and evil, and a gate.
    private static func fixture() async throws -> (CatalogFixture, mallory: Person) {
        let fixture = try await CatalogFixture()
        let name = OwnerName("mallory")!
        try await fixture.catalog.addPerson(name, mail: MailAddress("m@example.org")!, keys: [], now: 1)
        for place in ["stash", "gate"] {
            try await fixture.catalog.createArchive(CatalogFixture.newArchive("~mallory/debian/\(place)"), now: 1)
        }
        let stash = try unwrapped(await fixture.catalog.archive(ArchiveReference("~mallory/debian/stash")!))
        for source in ["hello", "evil"] { try await fixture.accept(fixture.source(source, "1.0", in: stash)) }
        try await fixture.catalog.give(UploadRight(source: PackageName("hello")!), to: name, in: fixture.archive)
        return (fixture, try unwrapped(await fixture.catalog.person(named: name)))
    }

    private static func copy(
        _ name: String?, _ from: String, _ to: String, _ person: Person, suite: String = "bookworm"
    ) -> PackageCopy {
        PackageCopy(
            from: ArchiveReference(from)!, SuiteName("bookworm")!, to: ArchiveReference(to)!, SuiteName(suite)!,
            packages: name.map { [PackageRemoval.Package(name: PackageName($0)!, version: nil)] },
            withBinaries: false, by: person, CatalogFixture.aliceKey, quotas: QuotaRule())
    }

    @Test func whatCameByTheSameTextNeedsTheRightToo() async throws {
        let (fixture, mallory) = try await Self.fixture()
        let (stash, gate, tools) = ("~mallory/debian/stash", "~mallory/debian/gate", "~alice/debian/tools")
        let all = Self.copy(nil, gate, tools, mallory)
        #expect(try await fixture.catalog.preview(all).isEmpty, "nothing is there, as it is looked at")
        let order = fixture.order([.copy(Self.copy("evil", stash, gate, mallory)), .copy(all)])
        let report = try await fixture.carryOut(order)
        #expect(report.results.map(\.isDone) == [true, false])
        #expect(
            report.results.last?.findings.map(\.sentence) == [
                "mallory may not upload evil to ~alice/debian/tools, bookworm."
            ])
        #expect(try await fixture.live().isEmpty)
        let hello = fixture.order([.copy(Self.copy("hello", stash, tools, mallory))], signature: "s2")
        #expect(try await fixture.carryOut(hello).isDone)
    }

    @Test func nothingIsCopiedFromOrToWhatWasTakenDownMeanwhile() async throws {
        let (fixture, mallory) = try await Self.fixture()
        let copy = Self.copy("hello", "~mallory/debian/stash", "~mallory/debian/gate", mallory)
        let order = fixture.order([.takeDown(ArchiveReference("~mallory/debian/stash")!), .copy(copy)])
        #expect(try await fixture.carryOut(order).results.map(\.isDone) == [true, false])
    }

    @Test func whatIsDeniedIsNotCopied() async throws {
        let (fixture, mallory) = try await Self.fixture()
        let version = PackageVersion("1.0")!
        let denial = UploadDenial(source: PackageName("hello")!, version: version, reason: "a complaint")!
        try await fixture.catalog.add(denial, in: nil)
        let copy = Self.copy("hello", "~mallory/debian/stash", "~alice/debian/tools", mallory)
        #expect(
            try await fixture.catalog.preview(copy).map(\.sentence) == [
                "hello 1.0 may not be uploaded to ~alice/debian/tools: a complaint"
            ])
    }

    @Test(arguments: [("trixie", "version-not-newer"), ("bullseye", "version-not-older")])
    func theOrderOfSuitesHolds(_ suite: String, _ code: String) async throws {
        let fixture = try await CatalogFixture()
        let bookworm = SuiteName("bookworm")!
        let order = suite == "trixie" ? SuiteOrder(newerThan: [bookworm]) : SuiteOrder(olderThan: [bookworm])
        try await fixture.catalog.describe([
            SuiteDescription(
                distribution: DistributionName("debian")!, name: SuiteName(suite)!,
                architectures: [CatalogFixture.amd64], components: [.main], baseSources: "", order: order)
        ])
        let reference = ArchiveReference("~alice/debian/both")!
        let names = [bookworm, SuiteName(suite)!]
        let both = try await fixture.catalog.createArchive(
            NewArchive(
                reference, kind: .ppa, description: "", signingKey: CatalogFixture.aliceKey,
                suites: names.map { (name: $0, architectures: nil) }), now: 1)
        let place = both.suites.first { $0.name == bookworm }
        #expect(place != nil && both.suites.count == 2)
        try await fixture.accept(fixture.source("hello", "1.0"))
        let there = Self.copy("hello", "~alice/debian/tools", "\(reference)", fixture.alice)
        #expect(try await fixture.carryOut(fixture.order([.copy(there)])).isDone)
        let copy = Self.copy("hello", "~alice/debian/tools", "\(reference)", fixture.alice, suite: suite)
        #expect(try await fixture.catalog.preview(copy).map(\.code).contains(code))
    }

    /// A build of the same source and architecture does not vouch for what a person uploaded beside it.
    @Test func aPackageByHandBesideABuildIsByHand() async throws {
        let fixture = try await CatalogFixture()
        try await fixture.catalog.createArchive(CatalogFixture.newArchive("~alice/debian/other"), now: 1)
        try await fixture.accept(fixture.source("hello", "1.0"))
        try await fixture.build(["hello"], "1.0")
        let copy = fixture.copyOf("hello", withBinaries: true)
        #expect(try await fixture.catalog.preview(copy).isEmpty)
        try await fixture.uploadPackage("evil", of: "hello", "1.0")
        #expect(try await fixture.catalog.preview(copy).map(\.code) == ["not-source-only"])
    }
}

extension CatalogFixture {
    /// A package for amd64 by a person, of a source that is published.
    fileprivate func uploadPackage(_ name: String, of source: String, _ version: String) async throws {
        var control = ControlParagraph()
        control["Package"] = name
        let package = AcceptedBinaries.Binary(
            name: PackageName(name)!, version: PackageVersion(version)!, architecture: Self.amd64,
            file: Self.file("\(name)_\(version)_amd64.deb", bytes: "by hand"), section: "misc", control: control)
        let packages = AcceptedPackages(
            archive: archive, suite: suite, source: PackageName(source)!, version: PackageVersion(version)!,
            packages: [package], records: [], signingKey: Self.aliceKey, signatureIdentity: name)
        let identity = UploadIdentity(session: "s-\(name)", path: "\(name).changes", sha256: name)
        _ = try await catalog.accept(packages, upload: identity, received: 1, now: 4) { number in
            let verdict = Verdict(.accepted)
            return Decision(
                verdict: verdict, report: UploadReport(upload: number, changesName: name, verdict: verdict),
                letters: [], signer: nil)
        }
    }
}
