import ArchiveModel
import Catalog
import Commands
import DebianControl
import Testing

@testable import OpenPGP

extension CommandFixture {
    /// PPAs of alice's with the suite that her tools have.
    func makeArchives(_ references: [String]) async throws {
        for reference in references {
            try await catalog.createArchive(
                NewArchive(
                    ArchiveReference(reference)!, kind: .ppa, description: "", signingKey: Self.key,
                    suites: [(name: SuiteName("bookworm")!, architectures: nil)]), now: 1)
        }
    }

    /// - Parameters:
    ///   - header: fields beside `Archive`.
    ///   - changes: that one text may ask for.
    func run(
        _ paragraphs: String, header: String? = nil, by signer: Fingerprint = key, changes: Int
    ) async throws -> CommandReport {
        var rules = CommandRules(serviceName: "ppa.example.org")
        rules.actions.limits.changes = changes
        let runner = CommandRunner(
            catalog: catalog, rules: rules, clock: { CommandRunnerTests.now }, makeKey: { _ in Self.key },
            addKey: { _ in })
        let head = "Archive: ppa.example.org\n" + (header.map { "\($0)\n" } ?? "")
        let text = VerifiedText(
            text: "\(head)\n\(paragraphs)", signer: signer, signingKey: signer, signedAt: CommandRunnerTests.now)
        return try await runner.run(text, title: "x", origin: "s", answers: nil, received: CommandRunnerTests.now)
    }
}

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
        ("copy-packages\nFrom: ~alice/debian/tools\nFrom-Suite: bookworm\nTo: ~alice/debian/x\nPackages: *", 3, true),
        ("copy-packages\nFrom: ~alice/debian/tools\nFrom-Suite: bookworm\nTo: ~alice/debian/x\nPackages: *", 2, false),
        ("remove-packages\nPpa: ~alice/debian/tools\nPackages: hello", 1, true),
        ("import-packages\nPpa: ~alice/debian/x\nFrom: ~alice/debian/tools\nPackages: hello, bye, third", 2, false),
        ("rebuild\nIn: ~alice/debian/tools\nSources: *\nReason: x", 3, true),
        ("rebuild\nIn: ~alice/debian/tools\nSources: *\nReason: x", 2, false),
    ])
    func whatIsThereIsCounted(_ action: String, limit: Int, isTaken: Bool) async throws {
        let fixture = try await CommandFixture()
        try await fixture.makeArchives(["~alice/debian/x"])
        for name in ["hello", "bye", "third"] { try await fixture.accept(name, "1.0") }
        var settings = ArchiveSettings()
        settings.rebuilds = .source
        _ = try await fixture.catalog.change(ArchiveReference("~alice/debian/tools")!, settings)
        let report = try await fixture.run("Action: \(action)\n", changes: limit)
        #expect(report.findings.map(\.code) == (isTaken ? [] : ["too-much-at-once"]))
    }

    /// What the first brings is not there yet when the second is counted.
    @Test func aChainOfCopiesIsCountedAsItIsMade() async throws {
        let fixture = try await CommandFixture()
        try await fixture.makeArchives(["~alice/debian/x", "~alice/debian/y"])
        for name in ["hello", "bye", "third"] { try await fixture.accept(name, "1.0") }
        func copy(_ from: String, _ to: String) -> String {
            "Action: copy-packages\nFrom: ~alice/debian/\(from)\nFrom-Suite: bookworm\nTo: ~alice/debian/\(to)\nPackages: *\n"
        }
        let chain = copy("tools", "x") + "\n" + copy("x", "y")
        let report = try await fixture.run(chain, header: "Dry-Run: yes", changes: 6)
        #expect(report.isDone, "\(report)")
        let excess = try await fixture.run(chain, changes: 5)
        #expect(excess.results.map(\.isDone) == [true, false], "\(excess)")
        let sentence = "All copies of the text together come to 6 sources and packages; at most 5 may."
        #expect(excess.results.last?.findings.map(\.sentence) == [sentence])
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
