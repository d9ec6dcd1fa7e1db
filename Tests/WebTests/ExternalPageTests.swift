import ArchiveModel
import Catalog
import Testing

@testable import Web

/// External archives have a host name of their own.
@Suite struct ExternalPageTests {
    private static let host = ["-H", "Host: ext.example.org"]
    private static let drivers = "/~alice/debian/drivers"

    private func run(_ body: @escaping @Sendable (WebFixture) async throws -> Void) async throws {
        try await WebFixture.run { web in
            try await web.catalog.createArchive(
                NewArchive(
                    ArchiveReference("~alice/debian/drivers")!, kind: .external, description: "",
                    signingKey: Fingerprint(WebFixture.key)!,
                    suites: [(name: SuiteName("bookworm")!, architectures: nil)]),
                now: 1)
            try await body(web)
        }
    }

    @Test func isShownThereAndOnlyThere() async throws {
        try await run { web in
            let page = try await web.get(Self.drivers, Self.host)
            #expect(page.status == 200 && page.body.contains("alice alone answers for what is in it"))
            #expect(page.body.contains("https://ext.example.org/~alice/debian/drivers.sources"))
            let sources = try await web.get(Self.drivers + ".sources", Self.host)
            #expect(sources.body.contains("URIs: https://ext.example.org/~alice/debian/drivers\n"))
            for (path, host, address) in [
                (Self.drivers, [], "https://ext.example.org/~alice/debian/drivers"),
                (Self.drivers + ".json", [], "https://ext.example.org/~alice/debian/drivers.json"),
                (Self.drivers + ".sources", [], "https://ext.example.org/~alice/debian/drivers.sources"),
                (Self.drivers + "/uploads", [], "https://ext.example.org/~alice/debian/drivers/uploads"),
                ("/~alice/debian/tools", Self.host, "https://ppa.example.org/~alice/debian/tools"),
            ] {
                let answer = try await web.get(path, host)
                #expect(answer.status == 302 && answer.headers["location"] == address, "\(path)")
            }
        }
    }

    @Test func eachHostHasItsOwnFiles() async throws {
        try await run { web in
            let release = Self.drivers + "/dists/bookworm/InRelease"
            let found = try await web.get(release, Self.host)
            #expect(found.body == "Origin: Drivers\n")
            for (path, host) in [(release, []), (WebFixture.release, Self.host)] {
                let missing = try await web.get(path, host)
                #expect(missing.status == 404)
            }
            let list = try await web.get("/", Self.host).body
            #expect(list.contains("~alice/debian/drivers</a>") && !list.contains("~alice/debian/tools</a>"))
            let others = try await web.get("/").body
            #expect(others.contains("href=\"https://ext.example.org/\""))
            #expect(!others.contains("~alice/debian/drivers</a>"))
        }
    }

    /// Pages about an upload are at both host names; the archive is at its own.
    @Test func pagesNameItByItsHost() async throws {
        try await run { web in
            for (number, name) in ["drivers", "tools"].enumerated() {
                let verdict = Verdict(.rejected, archive: ArchiveReference("~alice/debian/\(name)"), package: "x")
                let identity = UploadIdentity(session: name, path: "x.changes", sha256: "\(number)")
                try await web.catalog.record(identity, received: 10, now: 20) { upload in
                    let report = UploadReport(upload: upload, changesName: "x.changes", verdict: verdict)
                    return Decision(verdict: verdict, report: report, letters: [], signer: nil)
                }
            }
            for (number, link) in [(1, "https://ext.example.org/~alice/debian/drivers"), (2, "/~alice/debian/tools")] {
                for host in [[], Self.host] {
                    let page = try await web.get("/uploads/\(number)", host)
                    #expect(page.body.contains("<a href=\"\(link)\">"), "\(page.body)")
                }
            }
        }
    }

    @Test func theTermsAreThere() async throws {
        try await run { web in
            for host in [[], Self.host] {
                let page = try await web.get("/terms", host)
                #expect(page.body.contains("<strong>2</strong>") && page.body.contains("Be &lt;good&gt;."))
            }
            let json = try await web.get("/terms.json")
            #expect(json.body.contains("\"date\" : \"2026-11-01\""))
        }
    }

    @Test func theLogOfUploadsIsOfExternalArchivesOnly() async throws {
        try await run { web in
            let page = try await web.get("\(Self.drivers)/uploads", Self.host)
            #expect(page.body.contains("There are none."))
            let json = try await web.get("\(Self.drivers)/uploads.json", Self.host)
            #expect(json.body.contains("\"uploads\" : ["))
            let other = try await web.get("/~alice/debian/tools/uploads")
            #expect(other.status == 404)
        }
    }
}
