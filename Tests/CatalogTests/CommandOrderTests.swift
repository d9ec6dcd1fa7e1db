import ArchiveModel
import Catalog
import DebianControl
import Testing

/// What signed commands do to the catalog: all in one transaction, once.
@Suite struct CommandOrderTests {
    @Test func createsAndAnswersOnce() async throws {
        let fixture = try await CatalogFixture()
        let order = fixture.order([.createArchive(CatalogFixture.newArchive("~alice/debian/new"))])
        let first = try await fixture.carryOut(order)
        let again = try await fixture.carryOut(order)
        #expect(first.isDone && first == again, "a repeat after a crash gives the first answer")
        #expect(try await fixture.catalog.letters(limit: 10).count == 1)
        #expect(try await fixture.catalog.archive(ArchiveReference("~alice/debian/new")!) != nil)
    }

    @Test func sameTextFromElsewhereIsAReplay() async throws {
        let fixture = try await CatalogFixture()
        _ = try await fixture.carryOut(fixture.order([.createArchive(CatalogFixture.newArchive("~alice/debian/new"))]))
        let replay = try await fixture.carryOut(
            fixture.order([.createArchive(CatalogFixture.newArchive("~alice/debian/new2"))], origin: "elsewhere"))
        #expect(replay.findings.map(\.code) == ["signature-seen"])
        #expect(try await fixture.catalog.archive(ArchiveReference("~alice/debian/new2")!) == nil)
        #expect(try await fixture.catalog.letters(limit: 10).count == 1)
    }

    /// Whoever has a copy of a signed `.changes` may send it as commands, which it is not: as an upload it is still to come.
    @Test func whatCameAsCommandsMayStillBeAnUpload() async throws {
        let fixture = try await CatalogFixture()
        _ = try await fixture.carryOut(fixture.order([nil], signature: "text"))
        #expect(try await fixture.catalog.isSeen(command: "text"))
        #expect(try await fixture.catalog.seen(signature: "text") == nil)
    }

    @Test func dryRunChangesNothing() async throws {
        let fixture = try await CatalogFixture()
        let report = try await fixture.carryOut(
            fixture.order([.createArchive(CatalogFixture.newArchive("~alice/debian/new"))], isDryRun: true))
        #expect(report.isDone)
        #expect(try await fixture.catalog.archive(ArchiveReference("~alice/debian/new")!) == nil)
    }

    @Test func oneRefusedParagraphKeepsAllFromRunning() async throws {
        let fixture = try await CatalogFixture()
        let report = try await fixture.carryOut(
            fixture.order([.createArchive(CatalogFixture.newArchive("~alice/debian/new")), nil]))
        #expect(!report.isDone && report.results.allSatisfy { !$0.isDone })
        #expect(try await fixture.catalog.archive(ArchiveReference("~alice/debian/new")!) == nil)
    }

    @Test func removalTakesSourceBinariesAndBuildsOut() async throws {
        let fixture = try await CatalogFixture()
        try await fixture.accept(fixture.source("hello", "1.0"))
        try await fixture.build(["hello"], "1.0")
        try await fixture.accept(fixture.source("hello", "2.0"))
        let report = try await fixture.carryOut(fixture.order([.removePackages(fixture.removal("hello"))]))
        #expect(report.results.first?.sentences.count == 2)
        #expect(try await fixture.live() == [])
        #expect(try await fixture.catalog.builds(states: [.cancelled]).count == 1)
    }

    @Test func removalOfWhatIsNotThereSaysSo() async throws {
        let fixture = try await CatalogFixture()
        let report = try await fixture.carryOut(fixture.order([.removePackages(fixture.removal("nothing"))]))
        #expect(!report.isDone)
        #expect(report.results.first?.findings.first?.sentence == "nothing is not in ~alice/debian/tools, bookworm.")
    }
}

extension CatalogFixture {
    func removal(_ name: String) -> PackageRemoval {
        PackageRemoval(
            archive: archive.reference, suites: nil, packages: [.init(name: PackageName(name)!, version: nil)])
    }

    func order(
        _ effects: [CommandEffect?], origin: String = "session", isDryRun: Bool = false, signature: String = "signature"
    ) -> CommandOrder {
        CommandOrder(
            signature: signature, signingKey: Self.aliceKey, signer: alice, origin: origin, title: "a.commands",
            text: "text", received: 1, isDryRun: isDryRun, findings: [],
            steps: effects.map { CommandStep(paragraph: "Action: x\n", effect: $0, findings: []) })
    }

    func carryOut(_ order: CommandOrder) async throws -> CommandReport {
        let mail = alice.mail
        return try await catalog.carryOut(order, now: 2) { report in
            [
                Letter(
                    to: mail, identity: "command-\(order.signature)", content: .commands(report),
                    reason: "you signed these commands")
            ]
        }
    }
}
