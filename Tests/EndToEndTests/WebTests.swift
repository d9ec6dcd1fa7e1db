import Foundation
import Testing

extension EndToEnd.OneInstance {
    /// The pages and files of a running service, with curl.
    @Suite struct WebTests {
        /// An archive with one accepted upload and one rejected; made once.
        private func archive() async throws -> Instance {
            let instance = try Instance.current()
            try await instance.must(
                """
                [ ! -e "$work/web" ] || exit 0
                make_ppa '~alice/debian/web'; mkdir "$work/web"; make_source "$work/web" tiny 1.0
                curl_package "$work/web" '~alice/debian/web'
                wait_for 60 has_source '~alice/debian/web' tiny
                """)
            return instance
        }

        @Test func isHealthy() async throws {
            let health = try await archive().get("healthz.json")
            #expect(health.contains("\"status\""), "\(health)")
        }

        @Test func showsTheArchiveAndHowToUseIt() async throws {
            let page = try await archive().get("~alice/debian/web")
            #expect(page.contains("<td>tiny</td><td>1.0</td>"), "\(page)")
            #expect(page.contains("/~alice/debian/web.sources"), "\(page)")
        }

        @Test func theSourcesTextHasTheKeyInIt() async throws {
            let text = try await archive().get("~alice/debian/web.sources")
            #expect(text.hasPrefix("Types: deb deb-src\n"), "\(text)")
            #expect(text.contains("\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n"), "\(text)")
        }

        @Test func theUploadsPageSaysWhatTheTerminalSaid() async throws {
            let instance = try await archive()
            let run = try await instance.bash("curl_package \"$work/web\" '~alice/debian/web'")
            let answer = SessionAnswer(run)
            #expect(answer.codes == ["signature-seen", "version-taken"], "\(run)")
            let page = try await instance.get("uploads/\(try #require(answer.upload))")
            for code in answer.codes { #expect(page.contains("\(code)</small>"), "\(page)") }
        }

        /// What nobody is proven to have sent has no page that is found by counting, but whoever sent it finds it.
        @Test func aReceiptIsFoundBySessionAndDigest() async throws {
            let instance = try await archive()
            let run = try await instance.bash(
                """
                rm -rf "$work/unknown"; cp -r "$work/web" "$work/unknown"
                edit_signed "$work/unknown/tiny_1.0_source.changes" stranger ''
                curl_package "$work/unknown" '~alice/debian/web'
                """)
            let session = try #require(run.output.firstMatch(of: /Session ([0-9A-Za-z-]+)\./)).1
            #expect(
                SessionAnswer(run).lines.contains { $0.hasPrefix("See http") && $0.hasSuffix("/sessions/\(session)") },
                "\(run)")
            #expect(try await instance.get("sessions/\(session)").contains("unknown-key"))
            let digest = try await instance.must(
                "sha256sum \"$work/unknown/tiny_1.0_source.changes\" | cut -d' ' -f1")
            #expect(try await instance.get("uploads/by-sha256/\(digest)").contains("unknown-key"))
        }

        @Test func servesAPartOfAFile() async throws {
            let part = try await archive().must(
                """
                file=$url/~alice/debian/web/dists/bookworm/InRelease
                [ "$(curl -sS --range 0-4 -w ' %{http_code}' "$file")" = '----- 206' ]
                [ "$(curl -sS --range 5- "$file" | wc -c)" = $(($(curl -sS "$file" | wc -c) - 5)) ]
                curl -sS -o /dev/null --range 1000000- -w '%{http_code}' "$file"
                """)
            #expect(part == "416")
        }

        @Test(arguments: [
            "~alice/debian/web/pool/../../../../keys/pubring.kbx",
            "~alice/debian/web/dists/..%2f..%2f..%2f..%2fslipway.sqlite",
            "~alice/debian/web/dists/%2e%2e/%2e%2e/%2e%2e/%2e%2e/slipway.sqlite", "../slipway.yaml",
            "~alice/debian/web/pool//etc/passwd", "~alice/debian/web/dists/bookworm/",
            "builds/1/../../../slipway.sqlite",
        ])
        func nothingElseIsServed(_ path: String) async throws {
            let code = try await archive().must(
                "curl -sS --path-as-is -o /dev/null -w '%{http_code}' \"$url/\(path)\"")
            #expect(["400", "404"].contains(code), "\(path)")
        }
    }
}
