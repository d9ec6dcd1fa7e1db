import DurableFiles
import Subprocess
import SystemPackage
import Testing

@testable import Web

/// Over the wire, with curl.
struct FileServingTests {
    @Test func filesOfAnArchive() async throws {
        try await WebFixture.run { web in
            let deb = try await web.get(WebFixture.pool)
            #expect(deb.status == 200 && deb.body == "0123456789")
            #expect(deb.headers["content-type"] == "application/vnd.debian.binary-package")
            #expect(deb.headers["cache-control"] == "public, max-age=31536000, immutable")
            #expect(deb.headers["content-length"] == "10" && deb.headers["accept-ranges"] == "bytes")
            #expect(deb.headers["x-content-type-options"] == "nosniff")
            let release = try await web.get(WebFixture.release)
            #expect(release.body == "Origin: Slipway\n" && release.headers["cache-control"] == "no-cache")
            let hash = try await web.get("/~alice/debian/tools/dists/bookworm/main/source/by-hash/SHA256/00")
            #expect(hash.body == "hash" && hash.headers["cache-control"]?.contains("immutable") == true)
        }
    }

    @Test func headTellsTheSameWithoutTheBytes() async throws {
        try await WebFixture.run { web in
            let head = try await web.get(WebFixture.pool, ["--head"])
            #expect(head.status == 200 && head.headers["content-length"] == "10" && head.body == "")
        }
    }

    @Test func parts() async throws {
        try await WebFixture.run { web in
            let middle = try await web.get(WebFixture.pool, ["-r", "2-4"])
            #expect(middle.status == 206 && middle.body == "234")
            #expect(middle.headers["content-range"] == "bytes 2-4/10" && middle.headers["content-length"] == "3")
            #expect(try await web.get(WebFixture.pool, ["-r", "-3"]).body == "789")
            #expect(try await web.get(WebFixture.pool, ["-r", "7-"]).body == "789")
            #expect(try await web.get(WebFixture.pool, ["-r", "0-1,4-5"]).body == "0123456789")
            let past = try await web.get(WebFixture.pool, ["-r", "10-"])
            #expect(past.status == 416 && past.headers["content-range"] == "bytes */10" && past.body == "")
        }
    }

    @Test func whatIsUnchangedIsNotSentAgain() async throws {
        try await WebFixture.run { web in
            let first = try await web.get(WebFixture.release)
            let tag = try #require(first.headers["etag"])
            let second = try await web.get(WebFixture.release, ["-H", "If-None-Match: \(tag)"])
            #expect(second.status == 304 && second.body == "" && second.headers["etag"] == tag)
            let file = web.folder.appending("archives/~alice/debian/tools/dists/bookworm/InRelease")
            try Durably.write(Array("Origin: Another\n".utf8), to: file)
            #expect(try await web.get(WebFixture.release, ["-H", "If-None-Match: \(tag)"]).status == 200)
        }
    }

    /// Two states of a suite within one second have one date; apt, which asks by date, must still see the second.
    @Test func aFileReplacedWithinASecondIsSeen() async throws {
        try await WebFixture.run { web in
            let date = try #require(try await web.get(WebFixture.release).headers["last-modified"])
            let file = web.folder.appending("archives/~alice/debian/tools/dists/bookworm/InRelease")
            try Durably.write(Array("Origin: Another\n".utf8), to: file)
            #expect(try await web.get(WebFixture.release, ["-H", "If-Modified-Since: \(date)"]).status == 200)
        }
    }

    @Test func anOldDateIsGoodForever() async throws {
        try await WebFixture.run { web in
            let file = web.folder.appending("archives/~alice/debian/tools/dists/bookworm/InRelease")
            let touched = try await Subprocess.run(
                .name("touch"), arguments: ["-d", "1994-11-06 08:49:37Z", file.string], output: .discarded)
            #expect(touched.terminationStatus.isSuccess)
            let date = "Sun, 06 Nov 1994 08:49:37 GMT"
            #expect(try await web.get(WebFixture.release).headers["last-modified"] == date)
            #expect(try await web.get(WebFixture.release, ["-H", "If-Modified-Since: \(date)"]).status == 304)
        }
    }

    @Test func nothingElseIsServed() async throws {
        try await WebFixture.run { web in
            let pool = web.folder.appending("archives/~alice/debian/tools/pool")
            let links = [
                "\(web.folder)/secret": "link", "/etc": "folder-link", "../../../../../secret": "relative-link",
            ]
            for (target, name) in links {
                let made = try await Subprocess.run(
                    .name("ln"), arguments: ["-s", target, pool.appending(name).string], output: .discarded)
                #expect(made.terminationStatus.isSuccess)
            }
            for path in [
                "pool/link", "pool/folder-link/passwd", "pool/relative-link", "dists/bookworm", "dists/bookworm/",
                "dists/bookworm/.hidden", "dists/../state/x", "dists/%2e%2e/state/x", "dists/..%2fstate/x", "state/x",
                "dists//bookworm/InRelease", "dists/bookworm/InRelease/", "dists/bookworm/InRelease/x", "dists/x%00y",
                "../../../../secret", "pool/" + String(repeating: "x", count: 300),
                "pool/" + String(repeating: "x/", count: 3000) + "x",
            ] {
                let answer = try await web.get("/~alice/debian/tools/" + path)
                #expect(answer.status == 404, "\(path)")
            }
            #expect(try await web.get("/../secret").status == 404)
            #expect(try await web.get("/builds/1/buildinfo").status == 404)
        }
    }

    @Test(arguments: ["POST", "PUT", "DELETE", "OPTIONS"])
    func nothingCanBeChanged(method: String) async throws {
        try await WebFixture.run { web in
            let answer = try await web.get(WebFixture.release, ["-X", method, "-d", "x"])
            #expect(answer.status == 405 && answer.headers["allow"] == "GET, HEAD")
        }
    }

    /// apt sends up to ten requests without waiting for the answers, which have to come in the same order. The first is HEAD
    /// here: after its header comes the next answer.
    @Test func requestsInARowAreAnsweredInOrder() async throws {
        try await WebFixture.run { web in
            let script = """
                import sys, socket
                port, path = sys.argv[1:]
                line = "%s %s HTTP/1.1\\r\\nHost: x\\r\\nRange: bytes=%d-%d\\r\\n%s\\r\\n"
                rows = [line % ("HEAD" if i == 0 else "GET", path, i, i, "Connection: close\\r\\n" if i == 9 else "") for i in range(10)]
                with socket.create_connection(("127.0.0.1", port)) as connection:
                    connection.sendall("".join(rows).encode())
                    answers = b"".join(iter(lambda: connection.recv(65536), b"")).decode().split("\\r\\n\\r\\n")
                print("".join(answer[0] for answer in answers[1:]))
                """
            let result = try await Subprocess.run(
                .name("python3"), arguments: ["-c", script, "\(web.port)", WebFixture.pool],
                output: .string(limit: 100),
                error: .string(limit: 4096))
            #expect(result.standardOutput == "H123456789\n" && result.standardError == "")
        }
    }

    /// A gibibyte goes through without being held: two clients, one of them Python's.
    @Test func aLargeFileIsStreamed() async throws {
        try await WebFixture.run { web in
            let large = web.folder.appending("archives/~alice/debian/tools/pool/large.deb")
            let made = try await Subprocess.run(
                .name("truncate"), arguments: ["-s", "1G", large.string], output: .discarded)
            #expect(made.terminationStatus.isSuccess)
            let before = try residentMebibytes()
            let url = "http://127.0.0.1:\(web.port)/~alice/debian/tools/pool/large.deb"
            let script = """
                import sys, urllib.request
                with urllib.request.urlopen(sys.argv[1]) as answer:
                    print(sum(len(piece) for piece in iter(lambda: answer.read(1 << 20), b"")))
                """
            async let python = Subprocess.run(
                .name("python3"), arguments: ["-c", script, url], output: .string(limit: 100))
            async let curl = Subprocess.run(
                .name("curl"), arguments: ["-sS", "-o", "/dev/null", "-w", "%{size_download}", url],
                output: .string(limit: 100))
            #expect(try await python.standardOutput == "1073741824\n")
            #expect(try await curl.standardOutput == "1073741824")
            #expect(try residentMebibytes() - before < 200)
        }
    }

    private func residentMebibytes() throws -> Int {
        let status = try Folder(opening: "/proc/self").openFile("statm").readAll(limit: 4096)
        let pages = try #require(String(decoding: status, as: UTF8.self).split(separator: " ").dropFirst().first)
        return try #require(Int(pages)) * 4096 >> 20
    }
}
