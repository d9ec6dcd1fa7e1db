import ArchiveModel
import Catalog
import DurableFiles
import SystemPackage
import Testing

@testable import Web

struct PageTests {
    @Test func theListOfArchives() async throws {
        try await WebFixture.run { web in
            let page = try await web.get("/")
            #expect(page.status == 200 && page.headers["content-type"] == "text/html; charset=utf-8")
            #expect(page.body.contains("<a href=\"/~alice/debian/tools\">~alice/debian/tools</a>"))
            #expect(page.body.contains("Tools &lt;b&gt;of&lt;/b&gt; alice@…"))
            let json = try await web.get("/", ["-H", "Accept: application/json"])
            #expect(json.headers["content-type"] == "application/json")
            #expect(json.body.contains("\"reference\" : \"~alice/debian/tools\""))
        }
    }

    /// Pages that are found by counting go with the archive that they tell of.
    @Test(arguments: [false, true])
    func whatIsTakenDownIsNotReadByItsNumber(_ isDeleted: Bool) async throws {
        try await WebFixture.run { web in
            try await web.accept("hello", "2.10-3")
            let upload = try #require(try await web.catalog.upload(1))
            let paths = [
                "/uploads/1", "/builds/1", "/builds/1/log", "/sessions/\(upload.identity.session)",
                "/uploads/by-sha256/\(upload.identity.sha256)",
            ]
            for path in paths { #expect(try await web.get(path).status == 200) }
            try await web.withdraw(isDeleted: isDeleted)
            for path in paths { #expect(try await web.get(path).status == 404, "\(path)") }
        }
    }

    @Test func pagesRunAndLoadNothing() async throws {
        try await WebFixture.run { web in
            for path in ["/", "/~alice/debian/tools", "/healthz", "/nothing", WebFixture.release] {
                let headers = try await web.get(path).headers
                #expect(headers["content-security-policy"]?.hasPrefix("default-src 'none'; style-src 'self'") == true)
                #expect(headers["x-content-type-options"] == "nosniff" && headers["set-cookie"] == nil)
            }
            #expect(try await web.get("/style.css").headers["content-type"] == "text/css; charset=utf-8")
        }
    }

    @Test func anArchiveSaysHowItIsUsed() async throws {
        try await WebFixture.run { web in
            try await web.accept("hello", "2.10-3")
            let page = try await web.get("/~alice/debian/tools").body
            for text in [
                "sudo curl -fsSo /etc/apt/sources.list.d/alice-debian-tools.sources \\\n"
                    + "  https://ppa.example.org/~alice/debian/tools.sources\n",
                "A1B2 A1B2 A1B2 A1B2 A1B2 A1B2 A1B2 A1B2 A1B2 A1B2", "[alice-debian-tools]\nfqdn = ppa.example.org\n",
                "incoming = ~alice/debian/tools", "<td>hello</td><td>2.10-3</td><td>bookworm</td>",
                "<a class=\"wanted\" href=\"/builds/1\">amd64 wanted</a>", "<a href=\"/uploads/1\">hello 2.10-3</a>",
            ] {
                #expect(page.contains(text))
            }
            #expect(!page.contains("@example.org"))
            #expect(try await web.get("/~bob/debian/tools").status == 404)
        }
    }

    @Test func theSourcesFileHoldsTheKey() async throws {
        try await WebFixture.run { web in
            let sources = try await web.get("/~alice/debian/tools.sources")
            #expect(sources.headers["content-type"] == "text/plain; charset=utf-8")
            #expect(
                sources.body == """
                    Types: deb deb-src
                    URIs: https://ppa.example.org/~alice/debian/tools
                    Suites: bookworm
                    Components: main
                    Signed-By:
                     -----BEGIN PGP PUBLIC KEY BLOCK-----
                     .
                     \(WebFixture.key)
                     -----END

                    """)
            #expect(try await web.get("/~bob/debian/tools.sources").status == 404)
        }
    }

    @Test func anArchiveSaysWhatItNeedsAndBreaks() async throws {
        try await WebFixture.run { web in
            try await web.relate(needs: "base", breaks: "other")
            let page = try await web.get("/~alice/debian/tools").body
            #expect(page.contains("<dt>Depends on</dt><dd><a href=\"/~alice/debian/base\">~alice/debian/base</a>"))
            #expect(page.contains("<dt>Not together with</dt><dd><a href=\"/~alice/debian/other\">"))
            let sources = try await web.get("/~alice/debian/tools.sources").body
            #expect(sources.contains("\nURIs: https://ppa.example.org/~alice/debian/base\n"))
            #expect(sources.hasPrefix("# Not to be used together with ~alice/debian/other.\n\nTypes: deb"))
            #expect(try await !web.get("/~alice/debian/base").body.contains("Depends on"))
        }
    }

    @Test func longListsGoOnOnTheNextPage() async throws {
        try await WebFixture.run { web in
            for name in ["aa", "bb", "cc", "dd"] { try await web.accept(name, "1") }
            let first = try await web.get("/~alice/debian/tools").body
            #expect(first.contains("<td>cc</td>") && !first.contains("<td>dd</td>"))
            #expect(first.contains("href=\"/~alice/debian/tools?after=cc\""))
            let second = try await web.get("/~alice/debian/tools?after=cc").body
            #expect(
                second.contains("<td>dd</td>") && !second.contains("<td>cc</td>") && !second.contains("More packages"))
        }
    }

    @Test func anUploadShowsItsFindingsAndItsBuilds() async throws {
        try await WebFixture.run { web in
            try await web.accept("hello", "2.10-3")
            let finding = Finding(
                .noRight, "Changed-By is <alice@example.org>, not bob.", file: "x.dsc", got: "a@b.example.org",
                remedy: "Sign <it>.")
            try await web.record(.rejected, [finding], session: "s2")
            let accepted = try await web.get("/uploads/1").body
            #expect(accepted.contains("<p>Signed by alice.</p>"))
            #expect(accepted.contains("mail &quot;accepted&quot; waits to be sent"))
            #expect(
                accepted.contains("<strong class=\"accepted\">accepted</strong> for <a href=\"/~alice/debian/tools\">"))
            #expect(accepted.contains("<span class=\"pending\">pending</span> in bookworm"))
            let rejected = try await web.get("/uploads/2").body
            #expect(
                rejected.contains(
                    "<code>x.dsc</code>: Changed-By is &lt;alice@…&gt;, not bob. <em>Sign &lt;it&gt;.</em>"))
            let json = try await web.get("/uploads/2.json").body
            #expect(json.contains("\"code\" : \"no-right\"") && json.contains("\"outcome\" : \"rejected\""))
            #expect(!json.contains("example.org>") && !json.contains("b.example.org"))
            #expect(try await web.get("/uploads/3").status == 404)
        }
    }

    /// The receipt of an upload nobody is proven to have sent is found by who has the file or knows the session.
    @Test func anIgnoredUploadIsFoundOnlyByItsSender() async throws {
        try await WebFixture.run { web in
            let finding = Finding(.signerUnknown, "The file carries no signature.")
            try await web.record(.ignored, [finding], session: "s-ignored")
            #expect(try await web.get("/uploads/1").status == 404)
            #expect(try await web.get("/uploads/1.json").status == 404)
            #expect(!(try await web.get("/~alice/debian/tools").body.contains("x_1_source.changes")))
            for path in ["/uploads/by-sha256/\(WebFixture.hex)", "/sessions/s-ignored"] {
                let receipt = try await web.get(path)
                #expect(receipt.status == 200 && receipt.body.contains("The file carries no signature."))
                #expect(!receipt.body.contains("href=\"/uploads/1\""))
            }
            #expect(try await web.get("/sessions/other").status == 404)
        }
    }

    @Test func aLogIsReadWhileItGrows() async throws {
        try await WebFixture.run { web in
            try await web.accept("hello", "2.10-3")
            #expect(try await web.get("/builds/1").body.contains("<a href=\"/builds/1/log\">"))
            let log = try await web.get("/builds/1/log")
            #expect(log.body == "dpkg-buildpackage\n" && log.headers["cache-control"] == "no-cache")
            #expect(log.headers["content-type"] == "text/plain; charset=utf-8")
            try Durably.write(Array("dpkg-buildpackage\nmake\n".utf8), to: web.folder.appending("builds/1/log"))
            let more = try await web.get("/builds/1/log", ["-r", "18-"])
            #expect(more.status == 206 && more.body == "make\n")
            #expect(try await web.get("/builds/2").status == 404)
            #expect(try await web.get("/builds/2/log").status == 404)
        }
    }

    @Test func healthTellsTheBacklog() async throws {
        try await WebFixture.run { web in
            try await web.accept("hello", "2.10-3")
            let health = try await web.get("/healthz.json")
            #expect(health.status == 200)
            for line in ["\"builds\" : 1", "\"mails\" : 1", "\"status\" : \"ok\"", "\"suites\" : 1"] {
                #expect(health.body.contains(line))
            }
        }
    }
}
