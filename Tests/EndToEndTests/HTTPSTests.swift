import Foundation
import Testing

private let hasNginx = [ProcessInfo.processInfo.environment["NGINX_PROGRAM"], "/usr/sbin/nginx"]
    .contains { $0.map(FileManager.default.isExecutableFile) ?? false }

extension EndToEnd.OneInstance {
    /// Uploads and pages through a real nginx with etc/nginx/slipway.conf, and clients as etc/clients shows them.
    @Suite(.enabled(if: hasNginx, "It needs nginx; NGINX_PROGRAM names one that is unpacked."))
    struct HTTPSTests {
        /// A script beside the instance and nginx.
        private func bash(_ script: String) async throws -> Bash.Run {
            try await Instance.current().bash("source Tests/Fixtures/nginx; nginx_start; \(script)")
        }

        @Test(arguments: ["dput", "dput-ng", "dupload", "curl"])
        func delivers(_ client: String) async throws {
            let archive = "~alice/debian/https-\(client)"
            let place = "\"$work/https-\(client)\""
            let first = try await bash(
                """
                set -e; make_ppa '\(archive)'; mkdir \(place); make_source \(place) tiny 1.0
                put_client \(client) \(place) '\(archive)'
                wait_for 60 has_source '\(archive)' tiny
                """)
            #expect(first.isSuccess, "\(first)")

            let again = try await bash("rm -f \(place)/*.upload; put_client \(client) \(place) '\(archive)'")
            #expect(!again.isSuccess, "what is refused does not look like a success")
            // dput and dupload show no more than the status.
            let shown = ["dput-ng", "curl"].contains(client) ? ["[signature-seen]", "[version-taken]"] : ["Conflict"]
            for text in shown { #expect(again.output.contains(text), "\(again)") }
        }

        @Test func theUploadsPageSaysWhatTheTerminalSaid() async throws {
            let run = try await bash(
                """
                make_ppa '~alice/debian/https'; mkdir "$work/https"; make_source "$work/https" tiny 1.0
                put_client curl "$work/https" '~alice/debian/https' || exit
                put_client curl "$work/https" '~alice/debian/https'
                """)
            #expect(!run.isSuccess, "\(run)")
            let upload = try #require(run.lines.compactMap { $0.firstMatch(of: /\/uploads\/(\d+)$/) }.last).1
            let page = try await Instance.current().get("uploads/\(upload)")
            for code in ["signature-seen", "version-taken"] {
                #expect(run.output.contains("[\(code)]"), "\(run)")
                #expect(page.contains("\(code)</small>"), "\(page)")
            }
        }

        @Test(arguments: [
            ("https://$tls/healthz", "200"), ("-X PUT -d x https://$tls/healthz", "403"),
            ("-T $config https://$tls/upload/~nobody/debian/tools/", "409"), ("https://$tls/upload/", "405"),
            ("http://$plain/", "301"), ("-T $config http://$plain/upload/~alice/debian/web/", "301"),
            ("http://$plain/~alice/debian/none/dists/bookworm/InRelease", "404"),
        ])
        func everyPathHasItsPlace(_ request: String, _ status: String) async throws {
            let run = try await bash("trusting curl -s -o /dev/null -w '%{http_code}' \(request)")
            #expect(run.output == status, "\(run)")
        }
    }
}
