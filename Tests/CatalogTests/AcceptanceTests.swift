import ArchiveModel
import Catalog
import DebianControl
import Testing

/// One transaction each, and what a newer version takes the place of.
@Suite struct AcceptanceTests {
    @Test func sourceIsPendingWithItsBuildItsMailAndItsReceipt() async throws {
        let fixture = try await CatalogFixture()
        let record = try await fixture.accept(fixture.source("hello", "1.0"))
        #expect(try await fixture.live() == ["source hello 1.0"])
        #expect(try await fixture.catalog.builds(states: [.wanted]).map(\.package.description) == ["hello"])
        #expect(try await fixture.catalog.letters(limit: 10).map(\.identity) == ["upload-\(record.id)-accepted"])
        #expect(try await fixture.catalog.upload(record.id)?.verdict.outcome == .accepted)
    }

    @Test func signedTextActsOnce() async throws {
        let fixture = try await CatalogFixture()
        try await fixture.accept(fixture.source("hello", "1.0", signature: "x"))
        await #expect(throws: Conflict.self) {
            try await fixture.accept(fixture.source("hello", "2.0", signature: "x"))
        }
        #expect(try await fixture.live() == ["source hello 1.0"])
    }

    @Test(arguments: ["1.0", "0.9", "1.0~rc1"])
    func versionThatIsNotNewerConflicts(_ version: String) async throws {
        let fixture = try await CatalogFixture()
        try await fixture.accept(fixture.source("hello", "1.0"))
        await #expect(throws: Conflict.self) {
            try await fixture.accept(fixture.source("hello", version, signature: "again"), session: "again")
        }
    }

    /// Others may have taken the room since it was looked for.
    @Test func whatDoesNotFitAnyMoreConflictsAsAWhole() async throws {
        let fixture = try await CatalogFixture()
        var source = fixture.source("hello", "1.0")
        source.room = PoolLimit(bytes: 5, warning: 95)
        await #expect(throws: Conflict.self) { try await fixture.accept(source) }
        #expect(try await fixture.live().isEmpty)
        source.room = PoolLimit(bytes: 1000, warning: 95)
        try await fixture.accept(source)
        #expect(try await fixture.live() == ["source hello 1.0"])
    }

    @Test func fileNameNeverChangesItsBytes() async throws {
        let fixture = try await CatalogFixture()
        try await fixture.accept(fixture.source("hello", "1.0"))
        let source = fixture.source("hello", "2.0")
        let other = AcceptedSource(
            archive: source.archive, suite: source.suite, name: source.name, version: source.version, dsc: source.dsc,
            files: [CatalogFixture.file("hello_1.0.tar.xz", bytes: "other")], control: source.control, component: .main,
            section: "misc", priority: "optional", changes: "", signer: source.signer, signingKey: source.signingKey,
            signatureIdentity: "y", builds: [])
        await #expect(throws: Conflict.self) { try await fixture.accept(other) }
        #expect(try await fixture.catalog.letters(limit: 10).count == 1, "what is rolled back leaves no mail")
    }

    /// Who has somebody's source package may upload it to an archive of their own, even before its maker does.
    @Test func theSameSourceInAnotherArchiveHasNoSayInThisOne() async throws {
        let fixture = try await CatalogFixture()
        let name = OwnerName("bob")!
        let bobKey = Fingerprint(String(repeating: "C", count: 40))!
        try await fixture.catalog.addPerson(name, mail: MailAddress("bob@example.org")!, keys: [bobKey], now: 1)
        let bob = try #require(try await fixture.catalog.person(named: name))
        let own = try await fixture.catalog.createArchive(CatalogFixture.newArchive("~bob/debian/tools"), now: 1)
        let source = fixture.source("hello", "1.0")
        try await fixture.accept(
            AcceptedSource(
                archive: own, suite: own.suites[0], name: source.name, version: source.version, dsc: source.dsc,
                files: source.files, control: source.control, component: .main, section: "bobs",
                priority: "required", changes: "Bob was here.", signer: bob, signingKey: bobKey,
                signatureIdentity: "bob", builds: source.builds), session: "bob")
        try await fixture.accept(source)
        let published = try #require(try await fixture.catalog.snapshot(ofSuite: fixture.suite.id)).sources
        #expect(published.map(\.section) == ["misc"] && published.map(\.priority) == ["optional"])
        let builds = try await fixture.catalog.builds(limit: 9)
        #expect(builds.filter { $0.archive == fixture.archive.reference }.map(\.signer) == [fixture.alice.mail])
    }

    @Test func decidedUploadIsNotDecidedAgain() async throws {
        let fixture = try await CatalogFixture()
        try await fixture.accept(fixture.source("hello", "1.0"), session: "one")
        let identity = UploadIdentity(
            session: "one", path: "hello_1.0_source.changes", sha256: fixture.source("hello", "1.0").dsc.sha256)
        await #expect(throws: Conflict.self) {
            try await fixture.catalog.record(identity, received: 1, now: 2) { number in
                let verdict = Verdict(.rejected)
                return Decision(
                    verdict: verdict, report: UploadReport(upload: number, changesName: "", verdict: verdict),
                    letters: [],
                    signer: nil)
            }
        }
    }

    @Test func newerSourceWithoutBinariesTakesThePlaceAndEndsTheOldBuild() async throws {
        let fixture = try await CatalogFixture()
        try await fixture.accept(fixture.source("hello", "1.0"))
        try await fixture.accept(fixture.source("hello", "2.0"))
        #expect(try await fixture.live() == ["source hello 2.0"])
        #expect(try await fixture.catalog.builds(states: [.cancelled]).map(\.version.description) == ["1.0"])
    }

    @Test func oldBinariesAndTheirSourceStayUntilTheNewOnesAreBuilt() async throws {
        let fixture = try await CatalogFixture()
        try await fixture.accept(fixture.source("hello", "1.0"))
        try await fixture.build(["hello", "hello-doc"], "1.0")
        try await fixture.accept(fixture.source("hello", "2.0"))
        #expect(
            try await fixture.live() == ["source hello 1.0", "source hello 2.0", "binary hello", "binary hello-doc"])
        try await fixture.build(["hello"], "2.0")
        #expect(try await fixture.live() == ["source hello 2.0", "binary hello"], "hello-doc is made no more")
    }

    @Test func resultForABuildThatWaitsForNoneConflicts() async throws {
        let fixture = try await CatalogFixture()
        try await fixture.accept(fixture.source("hello", "1.0"))
        try await fixture.build(["hello"], "1.0")
        await #expect(throws: Conflict.self) { try await fixture.accept(["hello"], "1.0", build: 1) }
    }

    @Test func catalogOpenedAgainHasItAll() async throws {
        let fixture = try await CatalogFixture()
        #expect(
            try await fixture.catalog.signer(CatalogFixture.aliceKey) == .person(fixture.alice, isKeyBlocked: false))
        let rights = try await fixture.catalog.uploadRights(
            of: fixture.alice, key: CatalogFixture.aliceKey, to: fixture.archive)
        #expect(rights == .all)
        #expect(try await fixture.catalog.archives().map(\.reference.description) == ["~alice/debian/tools"])
        await #expect(throws: Conflict.self) {
            try await fixture.catalog.createArchive(CatalogFixture.newArchive("~alice/debian/tools"), now: 2)
        }
        await #expect(throws: Conflict.self) {
            try await fixture.catalog.createArchive(CatalogFixture.newArchive("~bob/debian/tools"), now: 2)
        }
    }
}

extension CatalogFixture {
    /// What apt is to see, as lines.
    func live() async throws -> [String] {
        let snapshot = try unwrapped(await catalog.snapshot(ofSuite: suite.id))
        let sources = snapshot.sources.map { source in
            let version = source.dsc.name.description.dropFirst(source.name.description.count + 1).dropLast(4)
            return "source \(source.name) \(version)"
        }
        return sources + snapshot.binaries.map { "binary \($0.file.name.description.prefix { $0 != "_" })" }
    }

    /// A worker takes the one wanted build and its result is accepted.
    func build(_ binaries: [String], _ version: String, records: [StoredFile] = []) async throws {
        let order = try unwrapped(
            await catalog.claimBuild(by: "w", able: BuildAbility(architectures: [Self.amd64]), lease: 60, now: 2))
        try await accept(binaries, version, build: order.record.id, records: records)
    }
}
