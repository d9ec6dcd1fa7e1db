import ArchiveModel
import Testing

@testable import BaseMirror

struct AptSourcesTests {
    @Test(arguments: [
        (
            "deb http://mirror.example.org/debian bookworm main contrib # mine",
            "Types: deb\nURIs: http://mirror.example.org/debian\nSuites: bookworm\nComponents: main contrib\n"
        ),
        (
            "deb [arch=amd64 signed-by=/k.gpg] http://x/debian bookworm main",
            "Types: deb\nURIs: http://x/debian\nSuites: bookworm\nComponents: main\nSigned-By: /k.gpg\n"
        ),
        (
            "Types: deb deb-src\nURIs: http://x/\n# http://old/\nSuites: bookworm bookworm-updates trixie\n"
                + "Components: main\nSigned-By: /k.gpg\n",
            "Types: deb\nURIs: http://x/\nSuites: bookworm bookworm-updates\nComponents: main\nSigned-By: /k.gpg\n"
        ),
        (
            "deb-src http://x/ bookworm main\ndeb http://y/ bookworm main",
            "Types: deb\nURIs: http://y/\nSuites: bookworm\nComponents: main\n"
        ),
        ("Types: deb\nURIs: http://x/\nSuites: bookworm\nComponents: main\nEnabled: no\n", ""),
        (
            "deb http://x/ trixie main\ndeb http://y/ sid main",
            "Types: deb\nURIs: http://x/\nSuites: bookworm\nComponents: main\n"
        ),
        ("deb http://x/", ""), ("", ""), ("deb", ""), (": :", ""),
    ])
    func servesBookworm(_ text: String, _ served: String) throws {
        let suite = try #require(SuiteName("bookworm"))
        #expect(AptSources(text).serving(suite).text(of: "deb") == served)
    }

    @Test func updatesAndSecurityServeTheSuiteToo() throws {
        let text = """
            deb http://x/ bookworm main
            deb http://x/ bookworm-updates main
            deb http://s/ bookworm-security main
            deb http://x/ bookworm-backports main
            """
        let served = AptSources(text).serving(try #require(SuiteName("bookworm")))
        #expect(served.entries.flatMap(\.suites) == ["bookworm", "bookworm-updates", "bookworm-security"])
    }

    /// Others call their suites as Debian does.
    @Test func onlyWhatHasTheSameKeysServesTheSuite() throws {
        let text = """
            deb [signed-by=/debian.gpg] http://x/ bookworm main
            deb [signed-by=/vendor.gpg] http://vendor/ bookworm main
            deb http://ppa/ bookworm main
            deb [signed-by=/debian.gpg] http://s/ bookworm-security main
            """
        let served = AptSources(text).serving(try #require(SuiteName("bookworm")))
        #expect(served.entries.flatMap(\.addresses) == ["http://x/", "http://s/"])
    }

    @Test func settingsAreThoseThatSaySomething() {
        let dump = """
            Acquire "";
            Acquire::Check-Date "false";
            Acquire::http "";
            Acquire::http::Proxy "http://proxy:3142";
            Acquire::https::Proxy "";
            """
        #expect(
            AptSetting.settings(in: dump) == [
                "Acquire::Check-Date \"false\";", "Acquire::http::Proxy \"http://proxy:3142\";",
            ])
    }
}
