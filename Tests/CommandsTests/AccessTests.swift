import ArchiveModel
import Catalog
import Commands
import Testing

@testable import OpenPGP

/// What commands say of archives to those who may not do anything there: nothing of what is inside, and of what was taken down not even
/// that it is there.
@Suite struct AccessTests {
    private static let bob = Fingerprint(String(repeating: "B", count: 40))!

    /// Each that names an archive; `$it` is the one that is meant.
    static let actions = [
        "create-ppa\nPpa: $it\nSuites: bookworm",
        "change-ppa\nPpa: $it\nDescription: x",
        "copy-packages\nFrom: $it\nFrom-Suite: bookworm\nTo: ~bob/debian/x\nPackages: *\nBinaries: yes",
        "copy-packages\nFrom: $it\nFrom-Suite: squeeze\nTo: ~bob/debian/x\nPackages: hello (= 1.0)",
        "copy-packages\nFrom: ~bob/debian/x\nFrom-Suite: bookworm\nTo: $it\nPackages: *",
        "import-packages\nPpa: ~bob/debian/x\nFrom: $it\nPackages: hello",
        "import-packages\nPpa: $it\nPackages: hello",
        "remove-packages\nPpa: $it\nPackages: hello",
        "remove-packages\nPpa: $it\nPackages: hello\nSuites: squeeze",
        "open-suite\nIn: $it\nSuites: bookworm",
        "set-uploaders\nIn: $it\nUploaders: bob",
        "grant\nIn: $it\nTo: bob\nReason: x\nSuites: squeeze",
        "take-down\nPpa: $it\nReason: x",
        "restore\nPpa: $it",
        "delete-ppa\nPpa: $it",
        "set-dependencies\nPpa: $it\nDepends: ~bob/debian/x",
        "set-dependencies\nPpa: ~bob/debian/x\nDepends: $it",
        "transfer\nPpa: $it",
        "rebuild\nIn: $it\nSources: *\nReason: x",
        "rebuild\nIn: $it\nSources: hello\nReason: x",
    ]

    private static func fixture() async throws -> CommandFixture {
        let fixture = try await CommandFixture()
        for name in ["hello", "bye", "third"] { try await fixture.accept(name, "1.0") }
        return fixture
    }

    private static func findings(_ report: CommandReport) -> [Finding] {
        report.findings + report.results.flatMap(\.findings)
    }

    @Test(arguments: actions)
    func whatWasTakenDownIsForStrangersWhatIsMissing(_ action: String) async throws {
        let fixture = try await Self.fixture()
        _ = try await fixture.catalog.setShown(false, archive: ArchiveReference("~alice/debian/tools")!, now: 2)
        var said: [[String]] = []
        for name in ["tools", "never"] {
            let paragraph = "Action: \(action)\n".replacing("$it", with: "~alice/debian/\(name)")
            let report = try await fixture.run(paragraph, by: Self.bob, changes: 2)
            #expect(!report.isDone)
            said.append(Self.findings(report).map { "\($0)".replacing("/\(name)", with: "/IT") })
        }
        #expect(said[0] == said[1])
        #expect(!said[0].isEmpty)
    }

    /// A number would say how much there is, and that it could be looked up.
    @Test(arguments: [
        (
            "copy-packages\nFrom: ~alice/debian/tools\nFrom-Suite: bookworm\nTo: ~alice/debian/tools\nPackages: *",
            "no-right"
        ),
        ("rebuild\nIn: ~alice/debian/tools\nSources: *\nReason: x", "no-right"),
        ("transfer\nPpa: ~alice/debian/tools", "no-transfers"),
    ])
    func rightsComeBeforeNumbers(_ action: String, code: String) async throws {
        let fixture = try await Self.fixture()
        var settings = ArchiveSettings()
        settings.rebuilds = .source
        _ = try await fixture.catalog.change(ArchiveReference("~alice/debian/tools")!, settings)
        let report = try await fixture.run("Action: \(action)\n", by: Self.bob, changes: 2)
        #expect(Self.findings(report).map(\.code) == [code], "\(report)")
        #expect(report.findings.isEmpty)
    }

    /// Strangers have any number of texts that alice signed for others. What she sends herself is answered all the same.
    @Test func sheIsNotToldOfAllThatOthersSend() async throws {
        let fixture = try await Self.fixture()
        let limit = Int(CommandLimits().refusalLettersADay)
        let before = try await fixture.catalog.loggedCommands(limit: 99).count
        for number in 0..<limit + 3 {
            let text = "Archive: other.example.org\n\nAction: delete-ppa\nPpa: ~alice/debian/a\(number)\n"
            let report = try await fixture.runner.run(
                VerifiedText(text: text, signer: CommandFixture.key, signingKey: CommandFixture.key, signedAt: 1),
                title: "x.commands", origin: "s\(number)", answers: nil, received: CommandRunnerTests.now)
            #expect(!report.findings.isEmpty)
        }
        let letters = try await fixture.catalog.letters(limit: 99).filter { $0.identity.hasPrefix("command-refused-") }
        #expect(letters.count == limit)
        #expect(try await fixture.catalog.loggedCommands(limit: 99).count == before + limit)
        let own = try await fixture.run("Action: delete-ppa\nPpa: ~alice/debian/tools\n", changes: 9)
        #expect(own.isDone, "\(own)")
    }

    /// Whoever rules it is told what became of it.
    @Test func itsOwnerKnowsThatItWasTakenDown() async throws {
        let fixture = try await Self.fixture()
        _ = try await fixture.catalog.setShown(false, archive: ArchiveReference("~alice/debian/tools")!, now: 2)
        let report = try await fixture.run(
            "Action: remove-packages\nPpa: ~alice/debian/tools\nPackages: hello\n", by: CommandFixture.key, changes: 1)
        #expect(Self.findings(report).map(\.sentence).contains { $0.contains("was taken down") }, "\(report)")
    }

    /// One paragraph that is refused keeps the others from being counted no less.
    @Test func theOthersAreCountedStill() async throws {
        let fixture = try await Self.fixture()
        try await fixture.makeArchives(["~alice/debian/y"])
        let copy = "Action: copy-packages\nFrom: ~alice/debian/tools\nFrom-Suite: bookworm\nPackages: *\nTo: "
        let report = try await fixture.run(
            "\(copy)~alice/debian/none\n\n\(copy)~alice/debian/y\n", changes: 2)
        #expect(report.findings.map(\.code) == ["too-much-at-once"])
        #expect(report.results.map { $0.findings.map(\.code) } == [["no-archive"], []])
    }
}
