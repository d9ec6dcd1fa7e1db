import ArchiveModel
import Catalog
import Configuration
import DebianControl
import Foundation
import SystemPackage
import Testing

@testable import slipway

/// What the configuration means, and how a mistake in it is told.
@Suite struct SettingsTests {
    @Test func everyKeyOfTheShippedFileIsItsDefault() async throws {
        let shipped = try await Settings.read(FilePath(Self.top + "/etc/slipway.yaml"))
        #expect(shown(shipped) == shown(Settings()))
    }

    @Test func shippedSuitesAreRead() throws {
        let suites = try SuiteFiles.read(FilePath(Self.top + "/etc/distributions.d"))
        #expect(suites.map(\.name.text) == ["bookworm"])
        #expect(suites.first?.baseSources == "", "no mirror is named: the machine's own is used")
    }

    @Test func valuesAreRead() throws {
        let settings = try read([
            "state": "/srv/slipway", "name": "ppa.example.org", "admin": "Admin <admin@example.org>",
            "standardDistribution": "debian", "web.port": 0, "mail.delivery": "sendmail", "publisher.poolGrace": 0,
            "gateway.startedByServe": false, "gateway.requireTLS": true,
        ])
        #expect(settings.state.jail == "/srv/slipway/jail")
        #expect(settings.admin?.address == "admin@example.org")
        #expect(settings.standardDistribution?.text == "debian")
        #expect(settings.web.port == 0 && settings.publisher.poolGrace == 0)
        #expect(settings.mail.delivery == .sendmail)
        #expect(!settings.gateway.isStartedByServe && settings.gateway.requireTLS)
    }

    @Test func externalArchivesHaveTermsAndAHost() throws {
        #expect(Settings().external.rule == nil)
        let settings = try read([
            "url": "https://ppa.example.org", "external.url": "https://ext.example.org", "external.terms": "/x",
            "external.termsVersion": "1", "external.termsDate": "2026-11-21", "external.archivesEach": 2,
        ])
        let rule = try #require(settings.external.rule)
        #expect(rule.archivesEach == 2 && rule.terms.page == "https://ext.example.org/terms")
        let drivers = try #require(ArchiveReference("~alice/debian/drivers"))
        #expect(settings.addresses.address(of: drivers, .external) == "https://ext.example.org/~alice/debian/drivers")
        #expect(settings.addresses.address(of: drivers, .ppa) == "https://ppa.example.org/~alice/debian/drivers")
        #expect(throws: ConfigurationMistake.self) { try settings.external.termsText() }
        for (key, value) in [
            ("termsDate", "2026-02-30"), ("termsVersion", "a b"), ("url", "https://ppa.example.org:443/x"),
        ] {
            #expect(throws: ConfigurationMistake.self, "\(key)") {
                try read(
                    [
                        "url": "https://ppa.example.org", "external.url": "https://ext.example.org",
                        "external.terms": "/x", "external.termsVersion": "1", "external.termsDate": "2026-11-21",
                    ].merging(["external.\(key)": .init(.string(value), isSecret: false)]) { $1 })
            }
        }
    }

    struct Mistake: CustomTestStringConvertible {
        let key: String
        let value: ConfigValue
        /// Part of the message.
        let told: String
        var testDescription: String { "\(key): \(value)" }

        init(_ key: String, _ value: ConfigValue, _ told: String) {
            self.key = key
            self.value = value
            self.told = told
        }
    }

    @Test(arguments: [
        Mistake("admin", "nobody", "a mail address"),
        Mistake("standardDistribution", "Debian", "lower-case"),
        Mistake("web.port", 65536, "from 0 to 65535"),
        Mistake("mail.delivery", "pigeon", "maildir, sendmail or smtp"),
        Mistake("mail.smtp.host", "a b", "a host name"),
        Mistake("mail.smtp.port", 0, "from 1 to"),
        Mistake("mail.smtp.tls", "perhaps", "required, offered, none or implicit"),
        Mistake("mail.smtp.user", "archive", "both user and passwordFile"),
        Mistake("mail.lettersAnHour", -1, "from 0 to"),
        Mistake("mail.firstRetry", 0, "from 1 to"),
        Mistake("mail.giveUpAfter", 1, "from 60 to"),
        Mistake("mail.digestHour", 24, "from -1 to 23"),
        Mistake("mail.from", "slipway", "a mail address"),
        Mistake("intake.sweepInterval", 0, "from 1 to"),
        Mistake("publisher.poolGrace", -1, "from 0 to"),
        Mistake("builder.timeLimit", 0, "from 1 to"),
        Mistake("intake.signaturesGoodFor", 0, "from 3600 to"), Mistake("intake.upstreamKeysKiB", 0, "from 1 to"),
        Mistake("lintian.seconds", 0, "from 1 to"), Mistake("lintian.memoryMiB", 0, "from 1 to"),
    ])
    func mistakeIsToldWithItsKey(_ row: Mistake) {
        let mistake = #expect(throws: ConfigurationMistake.self) { try read([row.key: row.value]) }
        #expect(mistake?.key.hasSuffix(row.key.split(separator: ".").last.map(String.init) ?? row.key) == true)
        #expect(mistake?.mistake.contains(row.told) == true, "\(String(describing: mistake))")
    }

    @Test(arguments: [
        ("Suite: bookworm\nArchitectures: amd64\nComponents: main\n", "Distribution"),
        ("Distribution: debian\nSuite: Bookworm\nArchitectures: amd64\nComponents: main\n", "Suite"),
        ("Distribution: debian\nSuite: a b\nArchitectures: amd64\nComponents: main\n", "Suite"),
        ("Distribution: debian\nSuite: bookworm\nArchitectures: AMD\nComponents: main\n", "Architectures"),
        ("Distribution: debian\nSuite: bookworm\nArchitectures: amd64\nComponents: main\n\nnonsense\n", "line 6"),
        (
            "Distribution: debian\nSuite: bookworm\nArchitectures: amd64\nComponents: main\nMust-Be-Newer-Than: A\n",
            "Must-Be-Newer-Than"
        ),
    ])
    func mistakeInASuiteIsToldWithItsFileAndField(_ text: String, _ place: String) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("suites-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(text.utf8).write(to: folder.appendingPathComponent("a.suites"))
        let mistake = #expect(throws: ConfigurationMistake.self) { try SuiteFiles.read(FilePath(folder.path)) }
        #expect(mistake?.key.contains("a.suites") == true && mistake?.key.contains(place) == true)
    }

    @Test(arguments: [("bookworm", true), ("sid", false), ("trixie", false)])
    func suitesAreOrderedAmongThemselves(other: String, isGood: Bool) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("suites-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let rest = "Distribution: debian\nArchitectures: amd64\nComponents: main\n"
        let text = "Suite: bookworm\n\(rest)\nSuite: trixie\n\(rest)Must-Be-Newer-Than: \(other)\n"
        try Data(text.utf8).write(to: folder.appendingPathComponent("a.suites"))
        let suites = try? SuiteFiles.read(FilePath(folder.path))
        #expect((suites?.last?.order.newerThan.map(\.text) == [other]) == isGood)
    }

    @Test(arguments: [
        ("", false), ("Takes-Transfers: no\n", false), ("Takes-Transfers: Yes\n", true), ("Takes-Transfers: x\n", nil),
    ])
    func aSuiteTakesTransfersWhenItSaysSo(line: String, takes: Bool?) throws {
        let text = "Distribution: debian\nSuite: sid\nArchitectures: amd64\nComponents: main\n\(line)"
        let suite = try? SuiteFiles.suite(try ControlParagraph(parsing: text))
        #expect(suite?.takesTransfers == takes)
    }

    @Test func baseOfASuiteIsAptSources() throws {
        let text = """
            Distribution: debian
            Suite: bookworm
            Architectures: amd64 i386
            Components: main
            URIs: https://mirror.example.org/debian
            Suites: bookworm bookworm-updates
            Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
            """
        let suite = try SuiteFiles.suite(try ControlParagraph(parsing: text))
        #expect(
            suite.baseSources == """
                Types: deb
                URIs: https://mirror.example.org/debian
                Suites: bookworm bookworm-updates
                Components: main
                Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

                """)
    }

    private static let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    private func read(_ values: [String: ConfigValue]) throws -> Settings {
        let pairs = values.map { (AbsoluteConfigKey(ConfigKey($0.key)), $0.value) }
        return try Settings(ConfigReader(provider: InMemoryProvider(values: Dictionary(uniqueKeysWithValues: pairs))))
    }

    private func shown(_ settings: Settings) -> String { "\(settings)" }
}
