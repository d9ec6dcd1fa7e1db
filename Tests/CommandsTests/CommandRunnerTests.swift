import ArchiveModel
import Catalog
import Commands
import DebianControl
import Foundation
import Testing

@testable import OpenPGP

/// Signed texts in, results out: each rule of the frame and of the two actions, over a real catalog.
@Suite struct CommandRunnerTests {
    static let now: Int64 = 1_800_000_000

    struct Row: CustomTestStringConvertible {
        let what: String
        let text: String
        /// Codes of all findings, of the frame first.
        let codes: [String]
        var testDescription: String { what }

        init(_ what: String, _ text: String, _ codes: String...) {
            self.what = what
            self.text = text
            self.codes = codes
        }
    }

    static let create = "Archive: ppa.example.org\n\nAction: create-ppa\nPpa: ~alice/debian/new\nSuites: bookworm\n"

    @Test(arguments: [
        Row("good", create),
        Row("names in any case", create.replacing("Action: create-ppa", with: "action: Create-PPA")),
        Row("with all fields", create + "Architectures: amd64\nDescription: Tools\n"),
        Row("a team's", create.replacing("~alice", with: "~bob"), "no-right"),
        Row("other host", create.replacing("ppa.example.org", with: "ppa.example.com"), "other-service"),
        Row("no host", create.replacing("Archive:", with: "Uploader:"), "missing-field"),
        Row("no host, and it may act", create.replacing("Archive: ppa", with: "Archive:\n ppa")),
        Row("unknown header field", "Urgent: yes\n" + create, "unknown-field"),
        Row("unknown field", create + "Suite: bookworm\n", "unknown-field"),
        Row("unknown action", create.replacing("create-ppa", with: "create-pppa"), "unknown-action"),
        Row("no action", create.replacing("Action: create-ppa\n", with: ""), "missing-field"),
        Row("empty action", create.replacing("create-ppa", with: ""), "empty-field"),
        Row("a word neither yes nor no", "Dry-Run: maybe\n" + create, "bad-value"),
        Row("control character", create + "Description: a\u{1B}[2Jb\n", "control-character"),
        Row(
            "all mistakes of form", "Dry-Run: maybe\n" + create + "\nPpa: ~alice/debian/new2\n", "missing-field",
            "bad-value"),
        Row("header alone", "Archive: ppa.example.org\n", "no-command"),
        Row("nothing", "\n", "no-command"),
        Row("not deb822", "Archive ppa.example.org\n", "syntax-error"),
        Row("queue commands", "Archive: ppa.example.org\nCommands:\n rm hello_1.0.dsc\n", "no-upload"),
        Row("queue commands of dput's dcut, for no host", "Uploader: a\nCommands: rm hello_1.0.dsc\n", "no-upload"),
        Row(
            "queue commands for another host", "Archive: example.com\nCommands: rm hello_1.0.dsc\n", "other-service"),
        Row("no queue command", "Uploader: a\nCommands:\n .\n", "no-command"),
        Row("no such upload", "Archive: ppa.example.org\n\nAction: cancel\nUpload: 9\n", "no-upload"),
        Row("an upload that is no number", "Archive: ppa.example.org\n\nAction: cancel\nUpload: x\n", "bad-value"),
        Row("no delay", "Archive: ppa.example.org\n\nAction: reschedule\nUpload: 1\n", "missing-field"),
        Row(
            "a long delay", "Archive: ppa.example.org\n\nAction: reschedule\nUpload: 1\nDelay: 16-day\n", "bad-value"),
        Row(
            "a delay that is none", "Archive: ppa.example.org\n\nAction: cancel\nUpload: 1\nDelay: 1-day\n",
            "unknown-field"),
        Row("no reason", "Archive: ppa.example.org\n\nAction: reject\nUpload: 1\n", "missing-field"),
        Row("both forms", create.replacing("\n\n", with: "\nCommands: rm a.dsc\n\n"), "mixed-command-forms"),
        Row("no such suite", create.replacing("bookworm", with: "squeeze"), "no-suite"),
        Row("no suites", create.replacing("Suites: bookworm\n", with: ""), "missing-field"),
        Row("empty suites", create.replacing("bookworm", with: ""), "empty-field"),
        Row("one suite twice", create.replacing("bookworm", with: "bookworm bookworm"), "duplicate-word"),
        Row("one architecture twice", create + "Architectures: amd64 amd64\n", "duplicate-word"),
        Row("no such distribution", create.replacing("/debian/", with: "/gentoo/"), "no-distribution"),
        Row("no such architecture", create + "Architectures: s390x amd64\n", "no-architecture"),
        Row("primary archive", create.replacing("~alice/debian/new", with: "debian"), "bad-value"),
        Row("named like a suite", create.replacing("debian/new", with: "debian/bookworm"), "name-taken"),
        Row("named like a distribution", create.replacing("debian/new", with: "debian/debian"), "name-taken"),
        Row("upwards", create.replacing("debian/new", with: "debian/../new"), "bad-value"),
        Row("upwards as an owner", create.replacing("~alice", with: "~.."), "bad-value"),
        Row("there already", create.replacing("debian/new", with: "debian/tools"), "archive-exists"),
        Row(
            "removal of nothing",
            "Archive: ppa.example.org\n\nAction: remove-packages\nPpa: ~alice/debian/tools\nPackages: hello (= 1.0)\n",
            "not-possible"),
        Row(
            "removal by relation",
            "Archive: ppa.example.org\n\nAction: remove-packages\nPpa: ~alice/debian/tools\nPackages: a | b\n",
            "bad-value"),
        Row(
            "removal from no archive",
            "Archive: ppa.example.org\n\nAction: remove-packages\nPpa: ~alice/debian/none\nPackages: hello\n",
            "no-archive"),
    ])
    func text(_ row: Row) async throws {
        let report = try await CommandFixture().run(row.text)
        #expect((report.findings + report.results.flatMap(\.findings)).map(\.code) == row.codes)
        #expect(report.isDone == row.codes.isEmpty)
    }

    @Test func signatureOfYesterdayIsTooOld() async throws {
        let report = try await CommandFixture().run(Self.create, signedAt: Self.now - 86_401)
        #expect(report.findings.map(\.code) == ["signature-too-old"])
    }

    @Test func strangerAndBlockedPersonAreRefusedWithoutAMail() async throws {
        let fixture = try await CommandFixture()
        let stranger = try await fixture.run(Self.create, signer: Fingerprint(String(repeating: "C", count: 40))!)
        #expect(stranger.findings.map(\.code) == ["signer-unknown"])
        let alice = try #require(try await fixture.catalog.person(named: OwnerName("alice")!))
        try await fixture.catalog.setBlocked(true, person: alice)
        let blocked = try await fixture.run(Self.create + "\n")
        #expect(blocked.findings.map(\.code) == ["signer-blocked"])
        #expect(try await fixture.catalog.letters(limit: 10).isEmpty)
    }

    @Test func answerGoesToTheRegisteredAddressInTheThread() async throws {
        let fixture = try await CommandFixture()
        _ = try await fixture.run("Uploader: Eve <eve@example.com>\n" + Self.create, answers: "<1@mail>")
        let letters = try await fixture.catalog.letters(limit: 10)
        #expect(letters.map(\.recipient) == ["alice@example.org"])
        #expect(letters.first?.letter?.answers == "<1@mail>")
    }

    @Test func dryRunSaysWhatWouldBe() async throws {
        let fixture = try await CommandFixture()
        let report = try await fixture.run("Dry-Run: yes\n" + Self.create)
        #expect(report.isDone && report.isDryRun)
        #expect(try await fixture.catalog.archive(ArchiveReference("~alice/debian/new")!) == nil)
    }

    @Test func tooManyParagraphsRunNone() async throws {
        let many = Self.create + String(repeating: "\nAction: create-ppa\n", count: 200)
        let report = try await CommandFixture().run(many)
        #expect(report.findings.map(\.sentence) == ["The text cannot be read (line 405): more than 201 paragraphs."])
        #expect(!report.isDone)
    }

    /// What is too much is told in one line, and costs no time.
    @Test func tenThousandParagraphsAreOneMistake() async throws {
        let fixture = try await CommandFixture()
        let many = "Archive: x\n" + String(repeating: "\nA: b\n", count: 10_000)
        #expect(try await fixture.run(many).findings.map(\.code) == ["syntax-error"])
        let long = Self.create + "Description: " + String(repeating: "x", count: 300 << 10) + "\n"
        #expect(try await fixture.run(long).findings.map(\.code) == ["syntax-error"])
        let words = Self.create.replacing("Suites: bookworm", with: "Suites:" + String(repeating: " UP", count: 5_000))
        let report = try await fixture.run(words)
        #expect(!report.isDone && report.results.flatMap(\.findings).count <= 200)
    }

    @Test func mistakeIsToldWithItsLine() async throws {
        let report = try await CommandFixture().run(Self.create + "Suite: bookworm\nArchitectures: amd64,AMD\n")
        #expect(
            report.results.flatMap(\.findings).map(\.sentence) == [
                "Architectures (line 7): expected names as dpkg uses them, got \"AMD\".",
                "The field Suite (line 6) is not known here.",
            ])
    }

    /// Nothing is made for a text that will not run, or only pretends to.
    @Test(arguments: [
        Row("dry run", "Dry-Run: yes\n" + create),
        Row("header refused", "Urgent: yes\n" + create),
        Row("other paragraph refused", create + "\nAction: create-ppa\nPpa: ~bob/debian/new\nSuites: bookworm\n"),
    ])
    func makesNoKey(_ row: Row) async throws {
        let report = try await CommandFixture(makeKey: { _ in throw Unexpected() }).run(row.text)
        #expect(!report.results.isEmpty)
    }

    @Test func newArchiveIsSignedByItsOwnKey() async throws {
        let own = Fingerprint(String(repeating: "D", count: 40))!
        let fixture = try await CommandFixture(makeKey: { _ in own })
        #expect(try await fixture.run(Self.create).isDone)
        #expect(try await fixture.catalog.archive(ArchiveReference("~alice/debian/new")!)?.signingKey == own)
    }

    /// A PGP/MIME part has headers that are signed, but are no commands.
    @Test func commandsMayBeAPartOfWhatWasSigned() async throws {
        let report = try await CommandFixture().run("Content-Type: text/plain\n\n" + Self.create, commands: Self.create)
        #expect(report.isDone)
    }

    @Test func secondPPAOfOneNameIsRefusedAlone() async throws {
        let fixture = try await CommandFixture()
        let again = Self.create.split(separator: "\n\n")[1]
        let report = try await fixture.run(Self.create + "\n" + again)
        #expect(report.results.map(\.isDone) == [true, false])
        #expect(report.results.flatMap(\.findings).map(\.code) == ["not-possible"])
    }
}

private struct Unexpected: Error {}

/// A catalog with alice and her PPA `tools`, and a runner over it.
struct CommandFixture {
    let catalog: Catalog
    let runner: CommandRunner
    /// Goes with the last copy of the fixture.
    private let folder: TestFolder
    static let key = Fingerprint(String(repeating: "A", count: 40))!

    static let terms = TermsOfUse(version: "2", date: "2026-11-01", page: "https://ext.example.org/terms")!

    init(
        external: ExternalRule? = ExternalRule(terms: terms),
        makeKey: @escaping @Sendable (ArchiveReference) async throws -> Fingerprint = { _ in CommandFixture.key },
        dropKey: @escaping @Sendable (Fingerprint) async throws -> Void = { _ in }, keysADay: Int = 10,
        addKey: @escaping @Sendable ([UInt8]) async throws -> Void = { _ in }, ppasEach: Int64? = 100
    ) async throws {
        folder = try TestFolder("commands")
        catalog = try Catalog(path: folder.url.appendingPathComponent("slipway.sqlite").path)
        let bookworm = SuiteName("bookworm")!
        try await catalog.describe([
            SuiteDescription(
                distribution: DistributionName("debian")!, name: bookworm, architectures: [.init("amd64")!],
                components: [.main], baseSources: "")
        ])
        for (name, key) in [("alice", Self.key), ("bob", Fingerprint(String(repeating: "B", count: 40))!)] {
            try await catalog.addPerson(
                OwnerName(name)!, mail: MailAddress("\(name)@example.org")!, keys: [key], now: 1)
        }
        let tools = NewArchive(
            ArchiveReference("~alice/debian/tools")!, kind: .ppa, description: "", signingKey: Self.key,
            suites: [(name: bookworm, architectures: nil)])
        try await catalog.createArchive(tools, now: 1)
        var rules = CommandRules(serviceName: "ppa.example.org")
        (rules.actions.external, rules.actions.quotas.ppasEach) = (external, ppasEach)
        rules.actions.keys.aDay = keysADay
        runner = CommandRunner(
            catalog: catalog, rules: rules, clock: { CommandRunnerTests.now }, makeKey: makeKey, dropKey: dropKey,
            addKey: addKey)
    }

    func run(
        _ text: String, commands: String? = nil, signer: Fingerprint = key, signedAt: Int64 = CommandRunnerTests.now,
        answers: String? = nil, place: CommandPlace? = nil
    ) async throws -> CommandReport {
        // Signed in another second it is another text: what ran before does not make it a replay.
        let earlier = try await catalog.loggedCommands(limit: 1).first?.id ?? 0
        let verified = VerifiedText(
            text: text, signer: signer, signingKey: signer, signedAt: signedAt - earlier)
        return try await runner.run(
            verified, commands: commands, title: "a.commands", origin: "session", place: place, answers: answers,
            received: CommandRunnerTests.now)
    }
}

/// A folder of its own for a test, removed with it.
private final class TestFolder: Sendable {
    let url: URL

    init(_ name: String) throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("\(name)-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}
