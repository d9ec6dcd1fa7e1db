import ArchiveModel
import DebianControl
import Testing

@testable import Catalog

/// Sources that are made once more, under a version of their own: what is wanted, and what becomes of it when it is made.
@Suite struct SourceRebuildTests {
    /// alice's tools rebuild by source; they have hello 1.0, with packages.
    private static func fixture() async throws -> CatalogFixture {
        let fixture = try await CatalogFixture()
        try await fixture.accept(fixture.source("hello", "1.0"))
        try await fixture.build(["hello"], "1.0")
        try await fixture.setRebuilds(.source)
        return fixture
    }

    @Test(arguments: [
        ("1.0", ["1.0.1", "1.1", "1.0+nmu1", "1.0+deb12u1", "1.0+dfsg"]),
        ("1.0-1", ["1.0-1.1", "1.0-2", "1.0-1+deb12u1", "1.0-1+really2"]),
        ("1.0-1~bpo12+1", ["1.0-1~bpo12+2", "1.0-1"]), ("2:1.0-1~tools1", ["2:1.0-1~tools2", "2:1.0-1"]),
    ])
    func theVersionIsBetweenTheLastRebuildAndTheNextRevision(_ version: String, next: [String]) throws {
        let new = try #require(PackageVersion(version)?.rebuilt(number: 1))
        #expect(new.description == "\(version)+build1")
        for former in [version, "\(version)+b1", "\(version)+b99", "\(version)ubuntu1"] {
            #expect(PackageVersion(former)! < new)
        }
        for later in next { #expect(new < PackageVersion(later)!, "\(later)") }
        #expect(new.rebuilt(number: 2)?.description == "\(version)+build2")
    }

    @Test(arguments: ["1.0+build", "1.0build1", "1.0+build1234567890", "1.0+b1"])
    func whatOnlyLooksLikeARebuildIsNone(_ version: String) throws {
        #expect(try #require(PackageVersion(version)).rebuilt.number == 0)
    }

    @Test func aNewVersionIsWantedAndPublishedWhenItIsMade() async throws {
        let fixture = try await Self.fixture()
        let report = try await fixture.rebuild(["hello"])
        #expect(
            report.results.first?.sentences == [
                "hello 1.0 is made once more for bookworm, as 1.0+build1; a mail says when it is there."
            ], "\(report)")
        #expect(try await fixture.live() == ["source hello 1.0", "binary hello"])
        let wanted = try unwrapped(await fixture.catalog.nextWish(WantedSourceRebuild.self, now: 5))
        #expect(wanted.author == "alice <alice@example.org>" && wanted.reason == "for libgreet2")
        #expect(wanted.files.map(\.name.description) == ["hello_1.0.tar.xz"])
        let outcome = try await fixture.publish(wanted)
        #expect(outcome == .done("hello 1.0+build1 is in ~alice/debian/tools, bookworm; to be built: amd64."))
        #expect(
            try await fixture.live().sorted() == ["binary hello", "source hello 1.0", "source hello 1.0+build1"],
            "packages keep their source until the new ones are built")
        let build = try unwrapped(await fixture.catalog.builds(states: [.wanted]).first)
        #expect(build.packageVersion == "1.0+build1" && build.rebuild == 0)
        #expect(try await fixture.rebuildLetters() == ["1 source is rebuilt"])
        #expect(try await fixture.publish(wanted) == .withdrawn)
        let history = try await fixture.catalog.history(of: PackageName("hello")!, in: fixture.archive)
        #expect(history.map(\.version.description) == ["1.0+build1", "1.0"])
        let summary = try await fixture.catalog.packageSummaries(in: fixture.archive, limit: 9)
        #expect(summary.map(\.origin) == [nil, "rebuild of 1.0, by command 1"])
        try await fixture.build(["hello"], "1.0+build1")
        #expect(try await fixture.live() == ["source hello 1.0+build1", "binary hello"])
    }

    @Test func eachHasTheNextNumber() async throws {
        let fixture = try await Self.fixture()
        for number in 1...3 {
            #expect(try await fixture.rebuild(nil, signature: "\(number)").isDone)
            let wanted = try unwrapped(await fixture.catalog.nextWish(WantedSourceRebuild.self, now: 5))
            #expect(wanted.version.description == "1.0+build\(number)")
            _ = try await fixture.publish(wanted)
        }
    }

    /// A version is used once in an archive, whichever suite has it.
    @Test func numbersThatWereThereAreTaken() async throws {
        let fixture = try await Self.fixture()
        try await fixture.accept(fixture.source("hello", "1.0+build7"))
        _ = try await fixture.carryOut(fixture.order([.removePackages(fixture.removal())], signature: "r"))
        #expect(try await fixture.catalog.preview(fixture.rebuildOrder(["hello"])).map(\.code) == ["not-in-suite"])
        try await fixture.accept(fixture.source("hello", "1.0+build8"))
        #expect(try await fixture.rebuild(["hello"]).isDone)
        #expect(
            try await fixture.catalog.waitingWishes(WantedSourceRebuild.self).map(\.version.description) == [
                "1.0+build9"
            ])
    }

    struct Row: CustomTestStringConvertible {
        let testDescription: String
        let codes: [String]
        var sources: [String]? = ["hello"]
        var architectures: [String]?
        var before: @Sendable (CatalogFixture) async throws -> Void = { _ in }
    }

    static let rows = [
        Row(testDescription: "all", codes: [], sources: nil),
        Row(testDescription: "not there", codes: ["not-in-suite"], sources: ["hello", "none"]),
        Row(testDescription: "for one architecture", codes: ["not-possible"], architectures: ["amd64"]),
        Row(testDescription: "being made", codes: ["build-under-way"]) { _ = try await $0.rebuild(["hello"]) },
        Row(testDescription: "all are being made", codes: ["not-built"], sources: nil) {
            _ = try await $0.rebuild(["hello"])
        },
        Row(testDescription: "denied", codes: ["denied"]) {
            try await $0.catalog.add(UploadDenial(source: PackageName("hello")!, reason: "a complaint")!, in: nil)
        },
        Row(testDescription: "the new version is denied", codes: ["denied"]) {
            let version = PackageVersion("1.0+build1")
            let denial = UploadDenial(source: PackageName("hello")!, version: version, reason: "a complaint")!
            try await $0.catalog.add(denial, in: nil)
        },
        Row(testDescription: "a suite that is closed", codes: ["not-in-suite"]) {
            try await $0.catalog.setState(.closed, of: $0.suite)
        },
    ]

    @Test(arguments: rows)
    func rules(_ row: Row) async throws {
        let fixture = try await Self.fixture()
        try await row.before(fixture)
        let order = fixture.rebuildOrder(row.sources, architectures: row.architectures)
        #expect(try await fixture.catalog.preview(order).map(\.code) == row.codes)
        let before = try await fixture.catalog.waitingWishes(WantedSourceRebuild.self).count
        let report = try await fixture.carryOut(fixture.order([.rebuild(order)], signature: "last"))
        #expect(report.isDone == row.codes.isEmpty, "asked where it is done, too")
        let wanted = try await fixture.catalog.waitingWishes(WantedSourceRebuild.self).count - before
        #expect(wanted == (row.codes.isEmpty ? 1 : 0))
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

    struct Event: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let words: String
        /// Before it is made.
        var isSeenBefore = true
        let meanwhile: @Sendable (CatalogFixture) async throws -> Void
    }

    static let events = [
        Event(testDescription: "a denial", words: "a complaint", isSeenBefore: false) { fixture in
            try await fixture.catalog.add(
                UploadDenial(source: PackageName("hello")!, reason: "a complaint")!, in: nil)
        },
        Event(testDescription: "a suite that is closed", words: "is closed") { fixture in
            try await fixture.catalog.setState(.closed, of: fixture.suite)
        },
        Event(testDescription: "a blocked key", words: "is blocked") { fixture in
            _ = try await fixture.carryOut(
                fixture.order([.setBlocked(true, key: CatalogFixture.aliceKey)], signature: "b"))
        },
        Event(testDescription: "a newer version", words: "newer than 1.0+build1", isSeenBefore: false) { fixture in
            try await fixture.accept(fixture.source("hello", "5"))
        },
        Event(testDescription: "its removal", words: "hello 1.0 is not in bookworm any more") { fixture in
            _ = try await fixture.carryOut(fixture.order([.removePackages(fixture.removal())], signature: "r"))
        },
    ]

    @Test(arguments: events)
    func whatHappensMeanwhileCounts(_ event: Event) async throws {
        let fixture = try await Self.fixture()
        _ = try await fixture.rebuild(["hello"])
        let wanted = try unwrapped(await fixture.catalog.nextWish(WantedSourceRebuild.self, now: 5))
        try await event.meanwhile(fixture)
        let seen = try await fixture.catalog.preview(wanted, quotas: QuotaRule())
        #expect((seen != nil) == event.isSeenBefore)
        if case .refused(let words)? = seen { #expect(words.contains(event.words), "\(words)") }
        guard case .refused(let words) = try await fixture.publish(wanted) else {
            Issue.record("it was published")
            return
        }
        #expect(words.contains(event.words), "\(words)")
        #expect(try await fixture.rebuildLetters() == ["0 sources are rebuilt, 1 not"])
    }

    /// What its `.dsc` says now must not bring names past NEW.
    @Test func namesThatTheArchiveNeverHadAreRefusedWhereThereIsNEW() async throws {
        let fixture = try await Self.fixture()
        let name = OwnerName("bob")!
        let key = Fingerprint(String(repeating: "E", count: 40))!
        try await fixture.catalog.addPerson(name, mail: MailAddress("bob@example.org")!, keys: [key], now: 1)
        try await fixture.catalog.give(UploadRight(), to: name, in: fixture.archive)
        try await fixture.catalog.setNew(true, of: fixture.archive)
        let bob = try unwrapped(await fixture.catalog.person(named: name))
        #expect(try await fixture.rebuild(["hello"], by: bob, key).isDone)
        let wanted = try unwrapped(await fixture.catalog.nextWish(WantedSourceRebuild.self, now: 5))
        guard case .refused(let words) = try await fixture.publish(wanted, making: "hello, evil") else {
            Issue.record("it was published")
            return
        }
        #expect(words.contains("never in"), "\(words)")
    }

    @Test func oneThatIsPostponedWaitsAndOneThatIsGivenUpIsFree() async throws {
        let fixture = try await Self.fixture()
        _ = try await fixture.rebuild(["hello"])
        let wanted = try unwrapped(await fixture.catalog.nextWish(WantedSourceRebuild.self, now: 5))
        try await fixture.catalog.postpone(wanted, until: 100, because: "a full disk")
        #expect(try await fixture.catalog.nextWish(WantedSourceRebuild.self, now: 99) == nil)
        #expect(try await fixture.catalog.nextWish(WantedSourceRebuild.self, now: 100)?.history.attempts == 1)
        try await fixture.catalog.giveUp(wanted, because: "a full disk", now: 101)
        #expect(try await fixture.catalog.waitingWishes(WantedSourceRebuild.self).isEmpty)
        #expect(try await fixture.rebuildLetters() == ["0 sources are rebuilt, 1 not"])
        #expect(try await fixture.rebuild(["hello"], signature: "again").isDone)
        #expect(
            try await fixture.catalog.waitingWishes(WantedSourceRebuild.self).map(\.version.description) == [
                "1.0+build1"
            ])
    }

    /// alice wants two before bob wants one: each has the next turn of two.
    @Test func peopleTakeTurns() async throws {
        let fixture = try await Self.fixture()
        let name = OwnerName("bob")!
        let key = Fingerprint(String(repeating: "E", count: 40))!
        try await fixture.catalog.addPerson(name, mail: MailAddress("bob@example.org")!, keys: [key], now: 1)
        try await fixture.catalog.give(UploadRight(), to: name, in: fixture.archive)
        let bob = try unwrapped(await fixture.catalog.person(named: name))
        for source in ["bye", "greet"] { try await fixture.accept(fixture.source(source, "1")) }
        #expect(try await fixture.rebuild(["bye", "greet"]).isDone)
        #expect(try await fixture.rebuild(["hello"], signature: "bob", by: bob, key).isDone)
        var turns: [String] = []
        while let wanted = try await fixture.catalog.nextWish(WantedSourceRebuild.self, now: 5) {
            try await fixture.catalog.noteTurn(of: wanted)
            turns.append("\(wanted.former.name)")
            try await fixture.catalog.giveUp(wanted, because: "a test", now: 5)
        }
        #expect(turns == ["bye", "hello", "greet"])
    }

    /// What was made of hello 1.0 took its place: that it is not there any more is no refusal.
    @Test func whatIsDoneIsNotRefused() async throws {
        let fixture = try await Self.fixture()
        _ = try await fixture.rebuild(["hello"])
        let wanted = try unwrapped(await fixture.catalog.nextWish(WantedSourceRebuild.self, now: 5))
        _ = try await fixture.publish(wanted)
        try await fixture.build(["hello"], "1.0+build1")
        #expect(try await fixture.catalog.preview(wanted, quotas: QuotaRule()) == .withdrawn)
        #expect(try await fixture.catalog.giveUp(wanted, because: "late", now: 7) == .withdrawn)
        #expect(try await fixture.rebuildLetters() == ["1 source is rebuilt"])
    }

    /// It may be restored: the rebuild waits with it.
    @Test func anArchiveThatIsTakenDownMeanwhileLosesNoRebuild() async throws {
        let fixture = try await Self.fixture()
        _ = try await fixture.rebuild(["hello"])
        let wanted = try unwrapped(await fixture.catalog.nextWish(WantedSourceRebuild.self, now: 5))
        _ = try await fixture.carryOut(fixture.order([.takeDown(fixture.archive.reference)], signature: "t"))
        await #expect(throws: WishOvertaken.self) { try await fixture.catalog.preview(wanted, quotas: QuotaRule()) }
        await #expect(throws: WishOvertaken.self) { _ = try await fixture.publish(wanted) }
        #expect(try await fixture.rebuildLetters().isEmpty)
    }

    @Test func anArchiveThatIsTakenDownWaits() async throws {
        let fixture = try await Self.fixture()
        _ = try await fixture.rebuild(["hello"])
        _ = try await fixture.carryOut(fixture.order([.takeDown(fixture.archive.reference)], signature: "t"))
        #expect(try await fixture.catalog.nextWish(WantedSourceRebuild.self, now: 5) == nil)
        #expect(try await fixture.catalog.waitingWishes(WantedSourceRebuild.self).count == 1)
    }
}

extension CatalogFixture {
    fileprivate func setRebuilds(_ method: RebuildMethod) async throws {
        var settings = ArchiveSettings()
        settings.rebuilds = method
        #expect(try await catalog.change(archive.reference, settings).count == 1)
    }

    /// - Parameter sources: nil for all.
    fileprivate func rebuildOrder(
        _ sources: [String]?, architectures: [String]? = nil, by person: Person? = nil, _ key: Fingerprint = aliceKey
    ) -> PackageRebuild {
        PackageRebuild(
            in: archive.reference, sources?.map { PackageName($0)! }, suites: nil,
            architectures: architectures?.map { Architecture($0)! }, reason: "for libgreet2", by: person ?? alice, key)
    }

    fileprivate func rebuild(
        _ sources: [String]?, signature: String = "rebuild", by person: Person? = nil, _ key: Fingerprint = aliceKey
    ) async throws -> CommandReport {
        var order = rebuildOrder(sources, by: person, key)
        order.command = signature
        return try await carryOut(self.order([.rebuild(order)], signature: signature))
    }

    fileprivate func removal() -> PackageRemoval {
        PackageRemoval(
            archive: archive.reference, suites: nil, packages: [.init(name: PackageName("hello")!, version: nil)])
    }

    /// As if dpkg-source had made it.
    fileprivate func publish(
        _ wanted: WantedSourceRebuild, making packages: String? = nil
    ) async throws -> WishOutcome {
        let (name, version) = (wanted.former.name, wanted.version)
        let tar = Self.file("\(name)_\(version).tar.xz", bytes: "made")
        let text = """
            Format: 3.0 (native)
            Source: \(name)
            Binary: \(packages ?? "\(name)")
            Architecture: any
            Version: \(version)
            Maintainer: A <a@example.org>
            Standards-Version: 4.6.2
            Checksums-Sha256:
             \(tar.sha256) \(tar.size) \(tar.name)
            Files:
             \(tar.md5) \(tar.size) \(tar.name)
            """
        let source = ImportedSource(
            try SourceControl(try ControlParagraph(parsing: text)),
            dsc: Self.file("\(name)_\(version).dsc", bytes: "dsc \(version)"), files: [tar], section: "misc",
            priority: "optional", binaries: [])
        return try await catalog.publish(source, for: wanted, quotas: QuotaRule(), now: 6)
    }

    /// The titles.
    fileprivate func rebuildLetters() async throws -> [String] {
        try await catalog.letters(limit: 99).filter { $0.identity.hasPrefix("rebuild-") }.map { mail in
            guard case .notice(let notice)? = mail.letter?.content else { return "" }
            return notice.title
        }
    }
}
