import ArchiveModel
import Catalog
import DebianControl
import Testing

@testable import Commands

/// What is said of a PPA when it is made, and what of it can be said later.
@Suite struct PPASettingTests {
    static let tools = ArchiveReference("~alice/debian/tools")!

    /// bookworm's base has hello 2.10-3; alice's tools has hello 1.0.
    private static func fixture() async throws -> CommandFixture {
        let fixture = try await CommandFixture()
        try await fixture.accept("hello", "1.0")
        let base = BaseSource(PackageName("hello")!, PackageVersion("2.10-3")!, component: .main)
        let suite = try #require(try await fixture.catalog.suites().first)
        try await fixture.catalog.setBase([base], of: suite, now: 1)
        try await fixture.catalog.describe([
            SuiteDescription(
                distribution: DistributionName("debian")!, name: SuiteName("trixie")!,
                architectures: [Architecture("amd64")!], components: [.main], baseSources: "")
        ])
        return fixture
    }

    struct Row: CustomTestStringConvertible {
        let text: String
        let codes: [String]
        var testDescription: String { text }

        init(_ text: String, _ codes: String...) { (self.text, self.codes) = (text, codes) }
    }

    private static func action(_ fields: String) -> String { "Archive: ppa.example.org\n\nAction: \(fields)\n" }
    private static let create = "create-ppa\nPpa: ~alice/debian/new\nSuites: bookworm\n"
    private static let change = "change-ppa\nPpa: ~alice/debian/tools\n"

    private static func ofBoth(_ form: String) -> [Row] {
        [
            Row(form + "Components: main\nUploaders: everyone\nAutobuild: no\nOn-Newer: update"),
            Row(form + "Rebuilds: Source"), Row(form + "Rebuilds: nothing", "bad-value"),
            Row(form + "Older-Than: bookworm\nArchitectures: amd64\nNewer-Than: None"),
            Row(form + "Uploaders: bob \(ArchiveCommandTests.bobKey)"),
            Row(form + "Uploaders: owner"),
            Row(form + "Uploaders: nobody \(String(repeating: "C", count: 40))", "no-person", "no-person"),
            Row(form + "Newer-Than: sid\nOlder-Than: squeeze", "no-suite", "no-suite"),
            Row(form + "Architectures: s390x", "no-architecture"),
            Row(form + "On-Newer: explode\nAutobuild: perhaps", "bad-value", "bad-value"),
            Row(form + "Binaries: yes\nAnnounce: x@example.org", "no-right", "no-right"),
            Row(form + "Newer-Than: Big Suite", "bad-value"),
        ]
    }

    private static let ofOne: [Row] = [
        Row(create + "Newer-Than: bookworm\nName-In-Version: yes"), Row(create + "New: no"),
        Row(create + "Components: contrib", "unknown-component"),
        Row(change + "Components: contrib", "unknown-component", "contradicts-published"),
        Row(change + "Newer-Than: bookworm", "contradicts-published"),
        Row(change + "Name-In-Version: yes", "contradicts-published"), Row(change + "New: no", "no-right"),
    ]

    private static let suites: [Row] = [
        Row(change + "Suites: bookworm"), Row(change + "Suites: bookworm trixie"),
        Row(change + "Suites: bookworm trixie\nArchitectures: amd64\nComponents: main"),
        Row(change + "Suites: bookworm trixie\nArchitectures: i386", "no-architecture", "no-architecture"),
        Row(change + "Suites: bookworm sid squeeze", "no-suite", "no-suite"),
        Row(change + "Suites: trixie", "contradicts-published", "suite-in-use"),
        Row(change + "Suites: bookworm bookworm", "duplicate-word"), Row(change + "Suites:", "empty-field"),
        Row(change + "Suites: big/suite", "bad-value"),
        Row(change.replacing("~alice/debian/tools", with: "~bob/debian/x") + "Suites: trixie", "no-right"),
    ]

    private static let fill = "import-packages\nPpa: ~alice/debian/tools\n"
    private static let imports: [Row] = [
        Row(fill + "Packages: hello (= 2.10-3) [amd64] from bookworm"),
        Row(fill + "Packages: hello\nSuites: bookworm\nBinaries: no\nReason: x"),
        Row(fill + "Packages: hello (= 3)", "not-in-suite"), Row(fill + "Packages: bye", "not-in-suite"),
        Row(fill + "Packages: hello from sid", "no-suite"), Row(fill + "Packages: hello\nSuites: sid", "no-suite"),
        Row(fill + "Packages: hello, hello", "bad-value"), Row(fill + "Packages: hello (>= 1)", "bad-value"),
        Row(fill + "Packages: hello [!amd64]", "bad-value"), Row(fill + "Packages: hello from", "bad-value"),
        Row(fill + "Packages: hello | bye", "bad-value"), Row(fill + "Packages: hello:any", "bad-value"),
        Row(fill + "Packages: hello,", "bad-value"), Row(fill, "missing-field"),
        Row(fill.replacing("tools", with: "none") + "Packages: hello", "no-archive"),
        Row(fill.replacing("~alice/debian/tools", with: "~bob/debian/x") + "Packages: hello", "no-right"),
        Row(fill + "Packages: hello\nFrom: ~bob/debian/none", "no-archive"),
        Row(fill + "Packages: hello\nFrom: ~bob/debian/x", "not-in-suite"),
        Row(fill + "Packages: hello from sid\nFrom: ~bob/debian/x", "no-suite"),
        Row(create + "Packages: hello from bookworm"), Row(create + "Packages: hello (= 2.10-3) [amd64]"),
        Row(create + "Packages: bye, hello (= 3), hello from sid", "not-in-suite", "not-in-suite", "no-suite"),
        Row(create + "Packages: hello [s390x]", "no-architecture"),
        Row(fill + "Packages: hello [amd64 s390x]", "no-architecture"),
        Row(create + "Packages: hello\nName-In-Version: yes", "ppa-version-without-name"),
        Row(create + "Packages: bye\nNewer-Than: sid", "no-suite"),
    ]

    static let rows: [Row] = ofBoth(create) + ofBoth(change) + ofOne + suites + imports

    @Test(arguments: rows)
    func rules(_ row: Row) async throws {
        let fixture = try await Self.fixture()
        let report = try await fixture.run(Self.action(row.text))
        #expect((report.findings + report.results.flatMap(\.findings)).map(\.code) == row.codes)
        #expect(report.isDone == row.codes.isEmpty)
    }

    @Test func whatIsSaidAtTheBeginningHolds() async throws {
        let fixture = try await Self.fixture()
        let text =
            Self.create + "Uploaders: everyone\nAutobuild: no\nNewer-Than: bookworm\nOlder-Than: bookworm\n"
            + "Name-In-Version: yes\nOn-Newer: nothing\nNew: yes\nDescription: new\nRebuilds: source"
        #expect(try await fixture.run(Self.action(text)).isDone)
        let new = try #require(try await fixture.catalog.archive(ArchiveReference("~alice/debian/new")!))
        let bookworm = SuiteName("bookworm")
        #expect(new.versionRules == VersionRules(newerThan: bookworm, olderThan: bookworm, needName: true))
        #expect(new.isForEveryone && !new.buildsByItself && new.hasNew && new.newerInBase == .nothing)
        #expect(new.description == "new" && new.rebuilds == .source)
        #expect(new.rules.contains { $0.contains("VERSION+buildN") })
        let bob = try #require(try await fixture.catalog.person(named: OwnerName("bob")!))
        let rights = try await fixture.catalog.uploadRights(of: bob, key: ArchiveCommandTests.bobKey, to: new)
        #expect(rights == .given([UploadRight()]))
        #expect(try await fixture.run(Self.action("set-uploaders\nIn: ~alice/debian/new\nUploaders: owner")).isDone)
        #expect(
            try await fixture.catalog.uploadRights(of: bob, key: ArchiveCommandTests.bobKey, to: new) == .given([]))
    }

    @Test func aKeyMayUploadAndItsOwnersOthersMayNot() async throws {
        let fixture = try await Self.fixture()
        let text = Self.change + "Uploaders: \(ArchiveCommandTests.bobKey)"
        #expect(try await fixture.run(Self.action(text)).isDone)
        let tools = try #require(try await fixture.catalog.archive(Self.tools))
        let bob = try #require(try await fixture.catalog.person(named: OwnerName("bob")!))
        let key = ArchiveCommandTests.bobKey
        #expect(
            try await fixture.catalog.uploadRights(of: bob, key: key, to: tools) == .given([UploadRight(key: key)]))
        #expect(try await fixture.catalog.uploadRights(of: bob, key: CommandFixture.key, to: tools) == .given([]))
    }

    /// Between the look and the transaction something was published.
    @Test func aChangeThatIsContradictedMeanwhileIsUndone() async throws {
        let fixture = try await Self.fixture()
        var settings = ArchiveSettings()
        (settings.description, settings.needsName) = ("new", true)
        await #expect(throws: Conflict.self) { _ = try await fixture.catalog.change(Self.tools, settings) }
        #expect(try await fixture.catalog.archive(Self.tools)?.description == "")
    }

    @Test func wordsOfACommandLineAreTheSameFields() throws {
        let settings = try PPASettings.read(words: ["Newer-Than=bookworm", "Description=a = b", "Autobuild=no"]).get()
        #expect(settings.description == "a = b" && settings.buildsByItself == false)
        guard case .failure(let refused) = PPASettings.read(words: ["Newer=bookworm", "New", "Autobuild=2"]) else {
            Issue.record("it was taken")
            return
        }
        #expect(Set(refused.findings.map(\.code)) == ["unknown-field", "empty-field", "bad-value"])
    }
}
