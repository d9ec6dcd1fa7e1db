import ArchiveModel
import Testing

@testable import Web

struct WebTargetTests {
    static let hex = String(repeating: "0a", count: 32)

    @Test(
        arguments: [
            ("/", .front), ("/healthz", .health), ("/style.css", .style),
            ("/uploads/17", .upload(17)), ("/uploads/17/", .upload(17)),
            ("/uploads/by-sha256/\(hex)", .receipts(sha256: hex)),
            ("/uploads/by-sha256/\(hex.uppercased())", .receipts(sha256: hex)),
            ("/sessions/20261120-ab12", .session("20261120-ab12")),
            ("/builds/5", .build(5)), ("/builds/5/log", .log(build: 5)), ("/terms", .terms),
            ("/~alice/debian/tools/uploads", .uploadLog(ArchiveReference("~alice/debian/tools")!)),
        ] as [(String, WebAddress)])
    func pages(path: String, address: WebAddress) {
        #expect(WebTarget(path: path)?.address == address)
    }

    @Test(arguments: [
        "/~alice/debian/tools", "/%7Ealice/debian/tools", "/%7ealice/debian/tools/", "/debian", "/debian/",
    ])
    func archives(path: String) throws {
        let reference = try #require(ArchiveReference(path.contains("alice") ? "~alice/debian/tools" : "debian"))
        #expect(WebTarget(path: path)?.address == .archive(reference))
    }

    @Test(arguments: [
        ("/~alice/debian/tools/dists/bookworm/InRelease", "~alice/debian/tools/dists/bookworm/InRelease"),
        ("/debian/pool/main/g/g++/g++_1%2b2%7Erc1.deb", "debian/pool/main/g/g++/g++_1+2~rc1.deb"),
        ("/debian/pool/main/g/g++/g++_1+2~rc1.deb", "debian/pool/main/g/g++/g++_1+2~rc1.deb"),
        (
            "/debian/dists/bookworm/main/binary-amd64/Packages.json",
            "debian/dists/bookworm/main/binary-amd64/Packages.json"
        ),
    ])
    func files(path: String, file: String) throws {
        guard case .file(let found) = WebTarget(path: path)?.address else {
            Issue.record("not a file")
            return
        }
        #expect(found.path == file)
    }

    @Test(arguments: [
        "/index.json", "/~alice/debian/tools.json", "/debian.json", "/uploads/17.json", "/builds/5.json",
        "/healthz.json",
    ])
    func asJSON(path: String) {
        #expect(WebTarget(path: path)?.isJSON == true)
    }

    @Test func theSourcesFile() throws {
        let tools = try #require(ArchiveReference("~alice/debian/tools"))
        #expect(WebTarget(path: "/~alice/debian/tools.sources")?.address == .sources(tools))
    }

    @Test(arguments: [
        "", "debian", "//", "//debian", "/debian//dists/x", "/debian/dists/../../etc/passwd", "/debian/pool/./x",
        "/%2e%2e/x", "/debian/pool/%2e%2e/%2e%2e/catalog", "/debian/pool/..%2f..%2fcatalog", "/debian/pool/a%00b",
        "/debian/pool/a\u{0}b", "/debian/pool/.hidden", "/debian/pool/a%2fb", "/debian/pool/%5c", "/debian/pool/a b",
        "/debian/pool/a%20b", "/debian/pool/%zz", "/debian/pool/%2", "/debian/pool/ä", "/debian/pool/%252e%252e/x",
        "/debian/pool", "/debian/pool/", "/debian/pool/x/", "/debian/dists", "/debian/db/x", "/~alice/debian",
        "/~alice/debian/tools/secret/x", "/uploads", "/uploads/0", "/uploads/-1", "/uploads/+1", "/uploads/01",
        "/uploads/99999999999999999999", "/uploads/by-sha256/abc", "/builds/5/buildinfo", "/builds/5/log/x",
        "/sessions/",
        "/sessions/..", "/DEBIAN",
    ])
    func nothingIsThere(path: String) {
        #expect(WebTarget(path: path) == nil)
    }

    @Test(arguments: [
        ("debian/pool/main/h/hello/hello_1.dsc", true), ("debian/dists/bookworm/main/source/by-hash/SHA256/00", true),
        ("debian/dists/bookworm/InRelease", false), ("debian/dists/bookworm/main/source/Sources.xz", false),
    ])
    func whatNeverChangesIsKnown(path: String, isImmutable: Bool) {
        guard case .file(let file) = WebTarget(path: "/" + path)?.address else {
            Issue.record("not a file")
            return
        }
        #expect(file.isImmutable == isImmutable)
    }
}
