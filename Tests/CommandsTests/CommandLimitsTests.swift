import ArchiveModel
import Catalog
import Commands
import DebianControl
import Testing

@testable import OpenPGP

/// What one text may ask for, whoever has signed it.
@Suite struct CommandLimitsTests {
    private static func names(_ count: Int) -> String { (1...count).map { "p\($0)" }.joined(separator: " ") }

    private static func grant(_ sources: Int, suites: String = "") -> String {
        "Action: grant\nIn: ~alice/debian/tools\nTo: bob\nReason: x\nSources: \(names(sources))\n\(suites)\n"
    }

    private static let remove = "Action: remove-packages\nPpa: ~alice/debian/tools\nPackages:"

    struct Row: CustomTestStringConvertible {
        let what: String
        let paragraphs: String
        let codes: [String]
        var testDescription: String { what }

        init(_ what: String, _ paragraphs: String, _ codes: String...) {
            (self.what, self.paragraphs, self.codes) = (what, paragraphs, codes)
        }
    }

    @Test(arguments: [
        Row("as many words as may be", grant(500)),
        Row("a word more", grant(501), "too-much-at-once"),
        Row("as many changes as may be", Array(repeating: grant(500), count: 4).joined(separator: "\n")),
        Row(
            "a change more", Array(repeating: grant(500), count: 4).joined(separator: "\n") + "\n" + grant(1),
            "too-much-at-once"),
        Row(
            "a right for each source and suite", grant(500, suites: "Suites: a b c d e"),
            "too-much-at-once"),
        Row(
            "packages to remove",
            "\(remove) \(names(1001).replacing(" ", with: ",\n "))\nSuites: bookworm trixie\n",
            "too-much-at-once"),
        Row(
            "more PPAs than a person makes in a day",
            (1...41).map { "Action: create-ppa\nPpa: ~alice/debian/x\($0)\nSuites: bookworm\n" }
                .joined(separator: "\n"),
            "too-much-at-once"),
        Row(
            "people", "Action: set-uploaders\nIn: ~alice/debian/tools\nUploaders: \(names(501))\n",
            "too-much-at-once"),
    ])
    func aTextHasBounds(_ row: Row) async throws {
        let fixture = try await CommandFixture()
        let report = try await fixture.run("Archive: ppa.example.org\n\n\(row.paragraphs)")
        #expect((report.findings + report.results.flatMap(\.findings)).map(\.code) == row.codes)
        #expect(report.isDone == row.codes.isEmpty)
    }

    /// Of what is named, what is there counts.
    @Test(arguments: [
        ("copy-packages\nFrom: ~alice/debian/tools\nFrom-Suite: bookworm\nTo: ~bob/debian/x\nPackages: *", 3, true),
        ("copy-packages\nFrom: ~alice/debian/tools\nFrom-Suite: bookworm\nTo: ~bob/debian/x\nPackages: *", 2, false),
        ("transfer\nPpa: ~alice/debian/tools", 3, true), ("transfer\nPpa: ~alice/debian/tools", 2, false),
        ("remove-packages\nPpa: ~alice/debian/tools\nPackages: hello", 1, true),
        ("import-packages\nPpa: ~bob/debian/x\nFrom: ~alice/debian/tools\nPackages: hello, bye, third", 2, false),
    ])
    func whatIsThereIsCounted(_ action: String, limit: Int, isTaken: Bool) async throws {
        let fixture = try await CommandFixture()
        for name in ["hello", "bye", "third"] { try await fixture.accept(name, "1.0") }
        var rules = CommandRules(serviceName: "ppa.example.org")
        rules.actions.limits.changes = limit
        let runner = CommandRunner(
            catalog: fixture.catalog, rules: rules, clock: { CommandRunnerTests.now },
            makeKey: { _ in CommandFixture.key }, addKey: { _ in })
        let text = VerifiedText(
            text: "Archive: ppa.example.org\n\nAction: \(action)\n", signer: CommandFixture.key,
            signingKey: CommandFixture.key, signedAt: CommandRunnerTests.now)
        let report = try await runner.run(
            text, title: "x", origin: "s", answers: nil, received: CommandRunnerTests.now)
        #expect(report.findings.map(\.code) == (isTaken ? [] : ["too-much-at-once"]))
    }

    @Test func theOlderFormHasThem() async throws {
        let lines = (1...501).map { " rm a\($0).dsc" }.joined(separator: "\n")
        let report = try await CommandFixture().run("Archive: ppa.example.org\nCommands:\n\(lines)\n")
        #expect(report.findings.map(\.code) == ["too-much-at-once"] && report.results.isEmpty)
    }

    /// Whoever finds an old text may send it as often as they like.
    @Test func whatIsTooOldIsNotLookedUp() async throws {
        let fixture = try await CommandFixture()
        let report = try await fixture.run(
            CommandRunnerTests.create.replacing("debian/new", with: "debian/tools"),
            signedAt: CommandRunnerTests.now - 90_000)
        #expect(report.findings.map(\.code) == ["signature-too-old"])
        #expect(report.results.flatMap(\.findings).isEmpty)
    }
}
