import ArchiveModel
import Catalog
import DebianControl
import Testing

/// What is wanted of a base's mirror, and what becomes of it when it is there.
@Suite struct ImportTests {
    /// alice's tools; bookworm's base has hello 1.9 and 1.10, and extra 1, which nobody installs.
    private static func fixture() async throws -> CatalogFixture {
        let fixture = try await CatalogFixture()
        var sources = Set(
            [("hello", "1.9"), ("hello", "1.10"), ("bye", "1")].map {
                BaseSource(PackageName($0.0)!, PackageVersion($0.1)!, component: .main)
            })
        sources.insert(BaseSource(PackageName("extra")!, PackageVersion("1")!, component: .main, isExtra: true))
        try await fixture.catalog.setBase(sources, of: try unwrapped(await fixture.catalog.suites().first), now: 1)
        return fixture
    }

    private static func wanted(
        _ fixture: CatalogFixture, _ packages: [PackageImport.Package], withBinaries: Bool = true,
        by person: Person? = nil
    ) -> PackageImport {
        PackageImport(
            to: fixture.archive.reference, suites: nil, from: nil, packages: packages, withBinaries: withBinaries,
            by: person ?? fixture.alice, CatalogFixture.aliceKey, quotas: QuotaRule())
    }

    private static func package(
        _ name: String, _ version: String? = nil, from suite: String? = nil, _ architectures: Set<Architecture>? = nil
    ) -> PackageImport.Package {
        PackageImport.Package(
            name: PackageName(name)!, version: version.flatMap { PackageVersion($0) }, architectures: architectures,
            suite: suite.flatMap { SuiteName($0) })
    }

    @discardableResult
    private static func want(
        _ fixture: CatalogFixture, _ packages: [PackageImport.Package], withBinaries: Bool = true,
        signature: String = "i"
    ) async throws -> CommandReport {
        let wanted = wanted(fixture, packages, withBinaries: withBinaries)
        return try await fixture.carryOut(fixture.order([.importPackages(wanted)], signature: signature))
    }

    @Test func theHighestOrTheNamedVersionIsWantedOnce() async throws {
        let fixture = try await Self.fixture()
        #expect(try await Self.want(fixture, [Self.package("hello"), Self.package("bye", "1")]).isDone)
        #expect(try await Self.want(fixture, [Self.package("hello", "1.10")], signature: "j").isDone)
        let waiting = try await fixture.catalog.waitingWishes(WantedImport.self)
        #expect(waiting.map { "\($0.source.name) \($0.source.version)" } == ["hello 1.10", "bye 1"])
        #expect(waiting.map(\.architectures) == [[CatalogFixture.amd64], [CatalogFixture.amd64]])
    }

    /// alice wants much in two archives before bob wants one source: he has the second turn.
    @Test func peopleTakeTurnsNotArchives() async throws {
        let fixture = try await Self.fixture()
        let bob = OwnerName("bob")!
        let bobsKey = Fingerprint(String(repeating: "D", count: 40))!
        try await fixture.catalog.addPerson(bob, mail: MailAddress("b@example.org")!, keys: [bobsKey], now: 1)
        for name in ["~alice/debian/other", "~bob/debian/own"] {
            try await fixture.catalog.createArchive(CatalogFixture.newArchive(name), now: 1)
        }
        let owner = try unwrapped(await fixture.catalog.person(named: bob))
        let wishes = [
            ("~alice/debian/tools", [Self.package("hello"), Self.package("bye")], fixture.alice),
            ("~alice/debian/other", [Self.package("hello")], fixture.alice),
            ("~bob/debian/own", [Self.package("hello"), Self.package("bye")], owner),
        ]
        for (reference, packages, person) in wishes {
            let key = person == owner ? bobsKey : CatalogFixture.aliceKey
            let wanted = PackageImport(
                to: ArchiveReference(reference)!, suites: nil, from: nil, packages: packages, withBinaries: true,
                by: person, key, quotas: QuotaRule())
            #expect(
                try await fixture.carryOut(fixture.order([.importPackages(wanted)], signature: reference)).isDone)
        }
        var turns: [String] = []
        while let wanted = try await fixture.catalog.nextWish(WantedImport.self, now: 9) {
            try await fixture.catalog.noteTurn(of: wanted)
            turns.append("\(wanted.archive.reference) \(wanted.source.name)")
            try await fixture.catalog.giveUp(wanted, because: "It is gone.", now: 9)
        }
        #expect(
            turns == [
                "~alice/debian/tools hello", "~bob/debian/own hello", "~alice/debian/tools bye",
                "~bob/debian/own bye", "~alice/debian/other hello",
            ])
    }

    @Test func aSecondWishOfTheSamePersonJoinsTheFirst() async throws {
        let fixture = try await Self.fixture()
        var settings = ArchiveSettings()
        settings.architectures = [CatalogFixture.amd64, Architecture("i386")!]
        _ = try await fixture.catalog.change(fixture.archive.reference, settings)
        try await Self.want(fixture, [Self.package("hello", nil, [Architecture("i386")!])], withBinaries: false)
        let before = try unwrapped(await fixture.catalog.nextWish(WantedImport.self, now: 5))
        let report = try await Self.want(
            fixture, [Self.package("hello", nil, [CatalogFixture.amd64])], signature: "j")
        let said: [String] = report.results.flatMap(\.sentences)
        #expect(said.count == 1 && said[0].contains("waits already"))
        let after = try unwrapped(await fixture.catalog.waitingWishes(WantedImport.self).first)
        #expect(after.id == before.id && after.architectures.count == 2)
        #expect(after.only == [CatalogFixture.amd64, Architecture("i386")!])
        await #expect(throws: WishOvertaken.self, "more is wanted than was fetched") {
            try await fixture.publish(before, packages: [])
        }
        #expect(try await fixture.publish(after, packages: ["hello"]) != .withdrawn)
    }

    /// The one who waits answers for it.
    @Test func whatAnotherAskedForStaysAsItIs() async throws {
        let fixture = try await Self.fixture()
        try await Self.want(fixture, [Self.package("hello")], withBinaries: false)
        let (bob, key) = (OwnerName("bob")!, Fingerprint(String(repeating: "D", count: 40))!)
        try await fixture.catalog.addPerson(bob, mail: MailAddress("bob@example.org")!, keys: [key], now: 1)
        _ = try await fixture.catalog.give(UploadRight(), to: bob, in: fixture.archive)
        let wanted = PackageImport(
            to: fixture.archive.reference, suites: nil, from: nil, packages: [Self.package("hello")],
            withBinaries: true, by: try unwrapped(await fixture.catalog.person(named: bob)), key, quotas: QuotaRule())
        let report = try await fixture.carryOut(fixture.order([.importPackages(wanted)], signature: "m"))
        let said: [String] = report.results.flatMap(\.sentences)
        #expect(said.count == 1 && said[0].contains("as it was asked for before"))
        #expect(try await fixture.catalog.waitingWishes(WantedImport.self).map(\.withBinaries) == [false])
    }

    /// Maintenance found a moment before that nobody needed a file of it.
    @Test func whatTheStoreLostIsFetchedAgain() async throws {
        let fixture = try await Self.fixture()
        try await Self.want(fixture, [Self.package("hello")])
        let wanted = try unwrapped(await fixture.catalog.nextWish(WantedImport.self, now: 5))
        await #expect(throws: WishOvertaken.self) {
            try await fixture.publish(wanted, packages: ["hello"], isStored: { _ in false })
        }
        try await fixture.catalog.postpone(wanted, until: 6, because: "x", .overtaken)
        #expect(try await fixture.catalog.nextWish(WantedImport.self, now: 6)?.history.attempts == 0)
    }

    @Test(arguments: [
        (package("hello", "2"), "not-in-suite"), (package("none"), "not-in-suite"), (package("extra"), "not-in-suite"),
        (package("hello", from: "sid"), "no-suite"),
    ])
    func whatTheBaseHasNotIsNotWanted(_ package: PackageImport.Package, code: String) async throws {
        let fixture = try await Self.fixture()
        #expect(try await fixture.catalog.preview(Self.wanted(fixture, [package])).map(\.code) == [code])
        #expect(try await !Self.want(fixture, [Self.package("bye"), package]).isDone)
        #expect(try await fixture.catalog.waitingWishes(WantedImport.self).isEmpty, "all or nothing")
    }

    @Test func aBaseThatWasNeverReadIsSaid() async throws {
        let fixture = try await CatalogFixture()
        let findings = try await fixture.catalog.preview(Self.wanted(fixture, [Self.package("hello")]))
        #expect(findings.map(\.code) == ["base-unread"])
    }

    @Test func strangersAndRulesAreAskedBeforeAByteIsFetched() async throws {
        let fixture = try await Self.fixture()
        let mallory = OwnerName("mallory")!
        try await fixture.catalog.addPerson(mallory, mail: MailAddress("m@example.org")!, keys: [], now: 1)
        let stranger = try unwrapped(await fixture.catalog.person(named: mallory))
        let hello = [Self.package("hello")]
        #expect(
            try await fixture.catalog.preview(Self.wanted(fixture, hello, by: stranger)).map(\.code) == ["no-right"])
        var settings = ArchiveSettings()
        settings.needsName = true
        _ = try await fixture.catalog.change(fixture.archive.reference, settings)
        #expect(
            try await fixture.catalog.preview(Self.wanted(fixture, hello)).map(\.code) == ["ppa-version-without-name"])
        try await fixture.catalog.setState(.closed, of: fixture.suite)
        #expect(try await fixture.catalog.preview(Self.wanted(fixture, hello)).map(\.code).first == "suite-closed")
    }

    @Test func whatThePrimaryArchiveHasIsCopied() async throws {
        let fixture = try await Self.fixture()
        let primary = try await fixture.catalog.createArchive(
            NewArchive(
                ArchiveReference("debian")!, kind: .primary, description: "", signingKey: CatalogFixture.aliceKey,
                suites: [(name: SuiteName("bookworm")!, architectures: nil)]), now: 1)
        try await fixture.accept(fixture.source("hello", "3", in: primary))
        #expect(try await Self.want(fixture, [Self.package("hello")], withBinaries: false).isDone)
        #expect(try await fixture.catalog.waitingWishes(WantedImport.self).isEmpty)
        #expect(try await fixture.catalog.history(of: PackageName("hello")!, in: fixture.archive).count == 1)
    }

    @Test func aSourceComesWithItsPackagesAndOneLetterForAll() async throws {
        let fixture = try await Self.fixture()
        try await fixture.catalog.setNew(true, of: fixture.archive)
        try await Self.want(fixture, [Self.package("hello"), Self.package("bye")])
        let wanted = try await fixture.catalog.waitingWishes(WantedImport.self)
        let hello = try await fixture.publish(wanted[0], packages: ["hello"])
        #expect(hello == .done("hello 1.10 is in ~alice/debian/tools, bookworm, with 1 packages."))
        #expect(try await fixture.live() == ["source hello 1.10", "binary hello"])
        #expect(try await fixture.catalog.builds(states: [.wanted]).isEmpty)
        #expect(try await fixture.importLetters().isEmpty, "bye is under way")
        try await fixture.catalog.giveUp(wanted[1], because: "It is gone.", now: 9)
        #expect(try await fixture.importLetters() == ["alice@example.org"])
        #expect(try await fixture.publish(wanted[0], packages: ["hello"]) == .withdrawn)
    }

    @Test func withoutItsPackagesItIsBuilt() async throws {
        let fixture = try await Self.fixture()
        try await Self.want(fixture, [Self.package("hello")], withBinaries: false)
        let wanted = try unwrapped(await fixture.catalog.nextWish(WantedImport.self, now: 5))
        let outcome = try await fixture.publish(wanted, packages: [])
        #expect(outcome == .done("hello 1.10 is in ~alice/debian/tools, bookworm; to be built: amd64."))
        #expect(try await fixture.catalog.builds(states: [.wanted]).count == 1)
    }

    /// What comes from the base was built there: it may be copied on where people upload sources only.
    @Test func theBasesPackagesAreNobodysByHand() async throws {
        let fixture = try await Self.fixture()
        try await fixture.catalog.createArchive(CatalogFixture.newArchive("~alice/debian/other"), now: 1)
        try await Self.want(fixture, [Self.package("hello")])
        _ = try await fixture.publish(
            try unwrapped(await fixture.catalog.nextWish(WantedImport.self, now: 5)), packages: ["hello"])
        #expect(try await fixture.catalog.preview(fixture.copyOf("hello", withBinaries: true)).isEmpty)
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let words: String
        let meanwhile: @Sendable (CatalogFixture) async throws -> Void
    }

    static let rows = [
        Row(testDescription: "a denial", words: "a complaint") { fixture in
            try await fixture.catalog.add(
                UploadDenial(source: PackageName("hello")!, reason: "a complaint")!, in: nil)
        },
        Row(testDescription: "a rule", words: "contain tools") { fixture in
            var settings = ArchiveSettings()
            settings.needsName = true
            _ = try await fixture.catalog.change(fixture.archive.reference, settings)
        },
        Row(testDescription: "a frozen suite that is closed", words: "is closed") { fixture in
            try await fixture.catalog.setState(.closed, of: fixture.suite)
        },
        Row(testDescription: "a blocked key", words: "is blocked") { fixture in
            _ = try await fixture.carryOut(
                fixture.order([.setBlocked(true, key: CatalogFixture.aliceKey)], signature: "b"))
        },
        Row(testDescription: "a newer version", words: "newer than") { fixture in
            try await fixture.accept(fixture.source("hello", "5"))
        },
        Row(testDescription: "the same version with other bytes", words: "had, another") { fixture in
            try await fixture.accept(fixture.source("hello", "1.10"))
            _ = try await fixture.carryOut(
                fixture.order(
                    [
                        .removePackages(
                            PackageRemoval(
                                archive: fixture.archive.reference, suites: nil,
                                packages: [.init(name: PackageName("hello")!, version: nil)]))
                    ], signature: "r"))
        },
    ]

    @Test(arguments: rows)
    func whatHappensMeanwhileCounts(_ row: Row) async throws {
        let fixture = try await Self.fixture()
        try await Self.want(fixture, [Self.package("hello")])
        let wanted = try unwrapped(await fixture.catalog.nextWish(WantedImport.self, now: 5))
        try await row.meanwhile(fixture)
        guard case .refused(let words) = try await fixture.publish(wanted, packages: ["hello"]) else {
            Issue.record("it was published")
            return
        }
        #expect(words.contains(row.words), "\(words)")
        #expect(try await fixture.importLetters() == ["alice@example.org"])
    }

    /// It may be restored: the import waits with it.
    @Test func anArchiveThatIsTakenDownMeanwhileLosesNoImport() async throws {
        let fixture = try await Self.fixture()
        try await Self.want(fixture, [Self.package("hello")])
        let wanted = try unwrapped(await fixture.catalog.nextWish(WantedImport.self, now: 5))
        _ = try await fixture.carryOut(fixture.order([.takeDown(fixture.archive.reference)], signature: "t"))
        await #expect(throws: WishOvertaken.self) {
            _ = try await fixture.publish(wanted, packages: ["hello"])
        }
        #expect(try await fixture.importLetters() == [])
    }

    @Test func oneThatIsPostponedWaits() async throws {
        let fixture = try await Self.fixture()
        try await Self.want(fixture, [Self.package("hello")])
        let wanted = try unwrapped(await fixture.catalog.nextWish(WantedImport.self, now: 5))
        try await fixture.catalog.postpone(wanted, until: 100, because: "no mirror")
        #expect(try await fixture.catalog.nextWish(WantedImport.self, now: 99) == nil)
        #expect(try await fixture.catalog.nextWish(WantedImport.self, now: 100)?.history.attempts == 1)
    }
}

extension CatalogFixture {
    /// As if a mirror had given it.
    fileprivate func publish(
        _ wanted: WantedImport, packages: [String],
        isStored: @escaping @Sendable (String) throws -> Bool = { _ in true }
    ) async throws -> WishOutcome {
        let (name, version) = (wanted.source.name, wanted.source.version)
        let tar = Self.file("\(name)_\(version).tar.xz", bytes: "the base's")
        let text = """
            Format: 3.0 (native)
            Source: \(name)
            Binary: \(name)
            Architecture: any
            Version: \(version)
            Maintainer: A <a@example.org>
            Standards-Version: 4.6.2
            Checksums-Sha256:
             \(tar.sha256) \(tar.size) \(tar.name)
            Files:
             \(tar.md5) \(tar.size) \(tar.name)
            """
        let control = try SourceControl(try ControlParagraph(parsing: text))
        let binaries = packages.map { package in
            var control = ControlParagraph()
            control["Package"] = package
            return AcceptedBinaries.Binary(
                name: PackageName(package)!, version: version, architecture: Self.amd64,
                file: Self.file("\(package)_\(version)_amd64.deb", bytes: "the base's \(package)"), section: "misc",
                control: control)
        }
        let source = ImportedSource(
            control, dsc: Self.file("\(name)_\(version).dsc", bytes: "the base's dsc"), files: [tar], section: "misc",
            priority: "optional", binaries: binaries)
        return try await catalog.publish(source, for: wanted, quotas: QuotaRule(), now: 6, isStored: isStored)
    }

    fileprivate func importLetters() async throws -> [String] {
        try await catalog.letters(limit: 99).filter { $0.identity.hasPrefix("import-") }.map(\.recipient)
    }
}
