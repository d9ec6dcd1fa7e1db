import ArchiveModel
import Catalog
import Testing

@testable import Commands

/// External archives: what is agreed to, who may make them, and who is kept from them.
@Suite struct ExternalCommandTests {
    private static func action(_ fields: String) -> String { "Archive: ppa.example.org\n\nAction: \(fields)\n" }
    private static let create = "create-external\nArchive: ~alice/debian/drivers\nSuites: bookworm\n"
    private static let drivers = ArchiveReference("~alice/debian/drivers")!

    /// alice has agreed to the terms in force.
    private static func agreed() async throws -> CommandFixture {
        let fixture = try await CommandFixture()
        #expect(try await fixture.run(action("agree-terms\nTerms: 2")).isDone)
        return fixture
    }

    private func codes(_ report: CommandReport) -> [String] {
        (report.findings + report.results.flatMap(\.findings)).map(\.code)
    }

    @Test func whoAgreedIsKept() async throws {
        let fixture = try await CommandFixture()
        let alice = try #require(try await fixture.catalog.person(named: OwnerName("alice")!))
        let dry = "Dry-Run: yes\n" + Self.action("agree-terms\nTerms: 2")
        #expect(try await fixture.run(dry).isDone)
        #expect(try await fixture.catalog.agreements(of: alice) == [])
        let first = try await fixture.run(Self.action("agree-terms\nTerms: 2"))
        #expect(first.results[0].sentences[0].contains("alice agrees to the terms"))
        let again = try await fixture.run(Self.action("agree-terms\nTerms: 2"))
        #expect(again.results[0].sentences[0].contains("had agreed already"))
        let known = try await fixture.catalog.agreements(of: alice)
        #expect(known.map(\.version) == ["2"] && known.map(\.agreed) == [CommandRunnerTests.now])
        #expect(known.map(\.key) == [CommandFixture.key])
    }

    @Test func onlyTheTermsInForceAreAgreedTo() async throws {
        let fixture = try await CommandFixture()
        #expect(codes(try await fixture.run(Self.action("agree-terms\nTerms: 1"))) == ["other-terms"])
        #expect(codes(try await fixture.run(Self.action("agree-terms\nTerms: a b"))) == ["bad-value"])
        let without = try await CommandFixture(external: nil)
        #expect(codes(try await without.run(Self.action("agree-terms\nTerms: 2"))) == ["no-external-archives"])
        #expect(codes(try await without.run(Self.action(Self.create))) == ["no-external-archives"])
    }

    @Test func isMadeByWhoHasAgreed() async throws {
        let fixture = try await CommandFixture()
        let early = try await fixture.run(Self.action(Self.create))
        #expect(codes(early) == ["terms-not-agreed"])
        #expect(try await fixture.run(Self.action("agree-terms\nTerms: 2")).isDone)
        let done = try await fixture.run(Self.action(Self.create + "Description: Drivers\n"))
        #expect(done.isDone, "\(done)")
        let archive = try #require(try await fixture.catalog.archive(Self.drivers))
        #expect(archive.kind == .external && archive.components == [.main] && !archive.hasNew)
        #expect(archive.takesBinaries && !archive.buildsByItself && archive.description == "Drivers")
        #expect(QuotaRule().limit(of: archive)?.bytes == 8 << 30)
    }

    /// Making and deleting costs as well.
    @Test func aDeletedOneCountsForADay() async throws {
        let fixture = try await Self.agreed()
        let alice = try #require(try await fixture.catalog.person(named: OwnerName("alice")!))
        var rule = ExternalRule(terms: CommandFixture.terms)
        rule.archivesEach = 1
        #expect(try await fixture.run(Self.action(Self.create)).isDone)
        #expect(try await fixture.run(Self.action("delete-ppa\nPpa: ~alice/debian/drivers")).isDone)
        for (after, isTooMany) in [(86_399, true), (86_401, false)] as [(Int64, Bool)] {
            let now = CommandRunnerTests.now + after
            let found = try await fixture.catalog.obstacles(to: alice, rule, now: now).map(\.code)
            #expect(found == (isTooMany ? ["too-many-archives"] : []))
        }
    }

    @Test func saysWhatItTakesAndBuilds() async throws {
        let fixture = try await Self.agreed()
        #expect(try await fixture.run(Self.action(Self.create + "Binaries: no\nAutobuild: yes\n")).isDone)
        let archive = try #require(try await fixture.catalog.archive(Self.drivers))
        #expect(!archive.takesBinaries && archive.buildsByItself)
    }

    /// What is there goes on; the next archive needs the new terms.
    @Test func newTermsAreAgreedToAnew() async throws {
        let fixture = try await Self.agreed()
        #expect(try await fixture.run(Self.action(Self.create)).isDone)
        let newer = ExternalRule(
            terms: TermsOfUse(version: "3", date: "2026-12-01", page: "https://ext.example.org/terms")!)
        let alice = try #require(try await fixture.catalog.person(named: OwnerName("alice")!))
        let finding = try #require(try await fixture.catalog.obstacles(to: alice, newer, now: 1).first)
        #expect(finding.code == "terms-not-agreed" && finding.got == "2" && finding.expected == "3")
        #expect(finding.sentence.contains("version 2 only") && finding.remedy?.contains("Terms: 3") == true)
    }

    @Test func nothingIsBuiltAgainWhereNothingIsBuilt() async throws {
        let fixture = try await Self.agreed()
        #expect(try await fixture.run(Self.action(Self.create)).isDone)
        let rebuild = "rebuild\nIn: ~alice/debian/drivers\nSources: *\nReason: x"
        #expect(codes(try await fixture.run(Self.action(rebuild))).contains("nothing-to-build"))
    }

    /// Who answers for it says what it takes.
    @Test func itsOwnerLetsPackagesIn() async throws {
        let fixture = try await Self.agreed()
        #expect(try await fixture.run(Self.action(Self.create + "Binaries: no\n")).isDone)
        let change = "change-ppa\nPpa: ~alice/debian/drivers\nBinaries: yes"
        #expect(try await fixture.run(Self.action(change)).isDone)
        #expect(try await fixture.catalog.archive(Self.drivers)?.takesBinaries == true)
    }

    @Test(arguments: [
        (create.replacing("~alice", with: "~bob"), ["no-right"]),
        (create.replacing("drivers", with: "tools"), ["archive-exists"]),
        (create.replacing("drivers", with: "bookworm"), ["name-taken"]),
        (create.replacing("bookworm", with: "sid"), ["no-suite"]),
        (create.replacing("~alice/debian/", with: "~alice/ubuntu/"), ["no-distribution"]),
        (create + "Architectures: riscv64\n", ["no-architecture"]),
        (create + "Components: main\n", ["unknown-field"]),
        (create + "Binaries: some\n", ["bad-value"]),
        (create.replacing("~alice/debian/drivers", with: "debian"), ["bad-value"]),
    ])
    func isRefused(_ text: String, _ expected: [String]) async throws {
        #expect(codes(try await Self.agreed().run(Self.action(text))) == expected)
    }

    @Test func aPersonHasSoMany() async throws {
        let fixture = try await Self.agreed()
        let text = (1...6).map { "\nAction: \(Self.create.replacing("drivers", with: "d\($0)"))" }.joined()
        let report = try await fixture.run("Archive: ppa.example.org\n" + text)
        #expect(report.results.map(\.isDone) == [true, true, true, true, true, false])
        #expect(report.results[5].findings.map(\.code) == ["not-possible"])
        let seventh = try await fixture.run(Self.action(Self.create))
        #expect(codes(seventh) == ["too-many-archives"])
    }

    @Test func whoIsBarredMakesAndChangesNone() async throws {
        let fixture = try await Self.agreed()
        let bob = ArchiveCommandTests.bobKey
        #expect(try await fixture.run(Self.action(Self.create)).isDone)
        let down = Self.action("take-down\nPpa: ~alice/debian/drivers\nReason: a third complaint\nBlock: yes")
        #expect(codes(try await fixture.run(down, signer: bob)) == ["no-right"])
        try await fixture.makeAdmin("bob")
        let ppa = Self.action("take-down\nPpa: ~alice/debian/tools\nReason: x\nBlock: yes")
        #expect(codes(try await fixture.run(ppa, signer: bob)) == ["not-possible"])
        let done = try await fixture.run(down, signer: bob)
        #expect(done.isDone && done.results[0].sentences.count == 2, "\(done)")
        #expect(try await fixture.catalog.externalBars().map(\.reason) == ["a third complaint"])
        #expect(try await fixture.run(Self.action("restore\nPpa: ~alice/debian/drivers"), signer: bob).isDone)
        let other = Self.create.replacing("drivers", with: "others")
        #expect(codes(try await fixture.run(Self.action(other))) == ["external-barred"])
        for text in [
            "change-ppa\nPpa: ~alice/debian/drivers\nDescription: x",
            "grant\nIn: ~alice/debian/drivers\nTo: bob\nReason: x",
            "remove-packages\nPpa: ~alice/debian/drivers\nPackages: hello",
        ] {
            #expect(codes(try await fixture.run(Self.action(text))) == ["external-barred"], "\(text)")
        }
        let unbar = Self.action("unbar-external\nPerson: alice")
        #expect(codes(try await fixture.run(unbar)) == ["no-right"])
        #expect(try await fixture.run(unbar, signer: bob).isDone)
        #expect(codes(try await fixture.run(unbar, signer: bob)) == ["not-possible"])
        #expect(try await fixture.run(Self.action(other)).isDone)
        #expect(
            codes(try await fixture.run(Self.action("bar-external\nPerson: nobody\nReason: x"), signer: bob)) == [
                "no-person"
            ])
    }

    /// Of commands of others; not of their own, and not of what was only tried or refused.
    @Test func theOwnerIsToldOfCommands() async throws {
        let fixture = try await Self.agreed()
        #expect(try await fixture.run(Self.action(Self.create)).isDone)
        let down = Self.action("take-down\nPpa: ~alice/debian/drivers\nReason: a complaint")
        let bob = ArchiveCommandTests.bobKey
        let refused = try await fixture.run(down, signer: bob)
        #expect(!refused.isDone)
        try await fixture.makeAdmin("bob")
        #expect(try await fixture.run("Dry-Run: yes\n" + down, signer: bob).isDone)
        #expect(try await fixture.run(down, signer: bob).isDone)
        let changes = try await Self.notices(fixture)
        #expect(changes.map(\.archive) == [Self.drivers] && changes[0].title == "a change by bob")
        #expect(changes[0].sentences[0].contains("is taken down"))
    }

    /// Neither who may upload there, when its owner is kept from it, nor the owner.
    @Test func whoIsBarredLeavesBuildsAlone() async throws {
        let fixture = try await Self.agreed()
        #expect(try await fixture.run(Self.action(Self.create + "Autobuild: yes\n")).isDone)
        try await fixture.accept("hello", "1.0", into: "\(Self.drivers)")
        let bob = ArchiveCommandTests.bobKey
        let grant = "grant\nIn: ~alice/debian/drivers\nTo: bob\nReason: x"
        #expect(try await fixture.run(Self.action(grant)).isDone)
        let alice = OwnerName("alice")!
        _ = try await fixture.catalog.setBarred(true, alice, reason: "x", now: 1)
        let cancel = Self.action("cancel-build\nBuild: 1")
        #expect(codes(try await fixture.run(cancel)) == ["external-barred"])
        #expect(codes(try await fixture.run(cancel, signer: bob)) == ["external-barred"])
        _ = try await fixture.catalog.setBarred(false, alice, reason: "", now: 1)
        #expect(try await fixture.run(cancel).isDone)
        _ = try await fixture.catalog.setBarred(true, OwnerName("bob")!, reason: "x", now: 1)
        let retry = Self.action("retry-build\nBuild: 1")
        #expect(codes(try await fixture.run(retry, signer: bob)) == ["external-barred"])
        try await fixture.makeAdmin("bob")
        #expect(try await fixture.run(retry, signer: bob).isDone)
        #expect(try await Self.notices(fixture).last?.sentences == ["Build 1 is wanted again."])
    }

    /// An admin at the machine takes it down.
    @Test func theOwnerIsToldOfWhatIsDoneAtTheMachine() async throws {
        let fixture = try await Self.agreed()
        #expect(try await fixture.run(Self.action(Self.create)).isDone)
        for isShown in [false, true] {
            _ = try await fixture.catalog.setShown(isShown, archive: Self.drivers, now: 1)
        }
        let notices = try await Self.notices(fixture)
        #expect(notices.map(\.title) == Array(repeating: "a change by the service", count: 2))
        #expect(notices[0].sentences[0].contains("is taken down") && notices[1].sentences[0].contains("there again"))
    }

    private static func notices(_ fixture: CommandFixture) async throws -> [Notice] {
        try await fixture.catalog.letters(limit: 100).reversed().compactMap { entry in
            guard case .notice(let change)? = entry.letter?.content else { return nil }
            return change
        }
    }

    @Test func theFirstParagraphMayNameAnArchive() {
        let text = "Action: create-external\nArchive: ~alice/debian/drivers\nSuites: bookworm\n"
        #expect(CommandPreview.addressed(text, to: "x.example.org").hasPrefix("Archive: x.example.org\n\nAction:"))
        #expect(CommandPreview.addressed("Archive: y\n\n" + text, to: "x") == "Archive: y\n\n" + text)
    }
}
