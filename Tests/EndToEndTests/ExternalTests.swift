import Foundation
import Testing

private let hasNginx = [ProcessInfo.processInfo.environment["NGINX_PROGRAM"], "/usr/sbin/nginx"]
    .contains { $0.map(FileManager.default.isExecutableFile) ?? false }

extension EndToEnd.OneInstance {
    /// An external archive from its terms to its take-down, with dput, apt and a web server in front.
    @Suite(.serialized) struct ExternalTests {
        private func send(_ fields: String, _ name: String) async throws -> SessionAnswer {
            let run = try await Instance.current().bash(
                """
                sign_as alice --output "$work/\(name).commands" <<'TEXT' && curl_upload "$work" '' \(name).commands
                Archive: ppa.example.org

                \(fields)
                TEXT
                """)
            return SessionAnswer(run)
        }

        private static let create = "Action: create-external\nArchive: ~alice/debian/drivers\nSuites: bookworm"

        /// Has agreed, and has made the archive; once.
        private func archive() async throws -> Instance {
            let instance = try Instance.current()
            guard try await !instance.bash("[ -e \"$work/drivers.made\" ]").isSuccess else { return instance }
            // Of another name: the same text, signed twice within a second, would be a replay.
            let early = Self.create.replacing("drivers", with: "early")
            #expect(try await send(early, "drivers-early").codes == ["terms-not-agreed"])
            #expect(try await instance.get("terms").contains("owner&#39;s to answer for"))
            #expect(try await send("Action: agree-terms\nTerms: 0", "other-terms").codes == ["other-terms"])
            #expect(try await send("Action: agree-terms\nTerms: 1", "terms").code == 226)
            #expect(try await send(Self.create, "drivers").code == 226)
            try await instance.must("touch \"$work/drivers.made\"")
            return instance
        }

        /// A package that has no source here, by dput; made once.
        private func published() async throws -> Instance {
            let instance = try await archive()
            try await instance.must(
                """
                [ ! -e "$work/drivers" ] || exit 0
                mkdir "$work/drivers.new"; make_source "$work/drivers.new" tiny 1.0
                mkdir "$work/drivers"; cd "$work/drivers"
                dpkg-source --no-check -x ../drivers.new/tiny_1.0.dsc tree >log
                (cd tree && dpkg-buildpackage --no-sign -b >>../log 2>&1)
                rm -r tree log
                sign_as alice --output signed tiny_1.0_*.changes && mv signed tiny_1.0_*.changes
                cd - >/dev/null
                client dput "$work/drivers" '~alice/debian/drivers'
                url=$external; wait_for 60 has_package '~alice/debian/drivers' tiny
                """)
            return instance
        }

        @Test func takesPackagesWithoutASourceForAptOnItsOwnHost() async throws {
            let instance = try await published()
            let output = try await instance.must(
                """
                curl -sS --fail -o "$work/drivers.sources" "$external/~alice/debian/drivers.sources"
                grep -qxF "URIs: $external/~alice/debian/drivers" "$work/drivers.sources"
                client=$work/drivers-client; apt_client "$client" "$work/drivers.sources"
                apt_of "$client" apt-get update
                apt_of "$client" apt-get install --yes --download-only tiny
                dpkg-deb --fsys-tarfile "$client"/var/cache/apt/archives/tiny_1.0_*.deb | tar -xO ./usr/share/tiny/version
                """)
            #expect(output.hasSuffix("1.0"), "\(output)")
            #expect(!output.contains("W:"), "apt has nothing to warn of: \(output)")
            let there = try await instance.must(
                """
                ls "$instance/external/~alice/debian/drivers/dists"; [ ! -e "$instance/archives/~alice/debian/drivers" ]
                curl -sS -o /dev/null -w '%{http_code} ' "$url/~alice/debian/drivers/dists/bookworm/InRelease"
                curl -sS -o /dev/null -w '%{redirect_url}' "$url/~alice/debian/drivers"
                """)
            #expect(there.contains("bookworm\n404 http://localhost:"), "\(there)")
        }

        @Test func theLogOfItsUploadsIsPublic() async throws {
            let instance = try await published()
            let log = try await instance.must("curl -sS --fail \"$external/~alice/debian/drivers/uploads.json\"")
            for text in ["\"package\" : \"tiny\"", "\"signer\" : \"alice\"", "\"outcome\" : \"accepted\""] {
                #expect(log.contains(text), "\(log)")
            }
        }

        @Test(.enabled(if: hasNginx, "It needs nginx; NGINX_PROGRAM names one that is unpacked."))
        func aWebServerPassesTheHostOn() async throws {
            let instance = try await published()
            let run = try await instance.bash(
                """
                source Tests/Fixtures/nginx; nginx_start
                release=http://$plain/~alice/debian/drivers/dists/bookworm/InRelease
                curl -sS -H "Host: ${external#http://}" "$release" | head -1
                curl -sS -o /dev/null -w '%{http_code}' "$release"
                """)
            #expect(run.output == "-----BEGIN PGP SIGNED MESSAGE-----\n404", "\(run)")
        }

        /// Bob, whom Alice lets upload, changes it, and she is told.
        @Test func theOwnerIsMailedWhatOthersDo() async throws {
            let instance = try await published()
            #expect(
                try await send("Action: set-uploaders\nIn: ~alice/debian/drivers\nUploaders: bob", "let-bob").code
                    == 226)
            let run = try await instance.bash(
                """
                mkdir "$work/drivers-bob"; make_source "$work/drivers-bob" other 1.0
                edit_signed "$work/drivers-bob/other_1.0_source.changes" bob ''
                curl_package "$work/drivers-bob" '~alice/debian/drivers'
                """)
            let answer = SessionAnswer(run)
            #expect(answer.code == 226, "\(run)")
            let upload = try #require(answer.upload)
            let mail = try await instance.must(
                """
                wait_for 60 mail_is upload-\(upload)-external
                cat $(find "$instance/mail" -path '*/new/*' -name '*_upload-\(upload)-external.*')
                """)
            #expect(
                mail.contains("To: Alice <alice@example.org>") && mail.contains("other 1.0 was accepted"), "\(mail)")
        }

        @Test func isTakenDownAndComesBack() async throws {
            let instance = try await published()
            let ppa = "Ppa: ~alice/debian/drivers\nReason: a complaint"
            try await instance.must("as_service \"$slipway\" person admin --config \"$config\" alice on")
            #expect(try await send("Action: take-down\nBlock: yes\n" + ppa, "drivers-down").code == 226)
            try await instance.must(
                """
                gone() { ! curl -sS --fail -o /dev/null "$external/~alice/debian/drivers/dists/bookworm/InRelease"; }
                wait_for 60 gone
                for page in '' .sources /uploads; do
                    [ "$(curl -sS -o /dev/null -w '%{http_code}' "$external/~alice/debian/drivers$page")" = 404 ]
                done
                "$slipway" external bars --config "$config" | grep -q '^alice .*a complaint'
                """)
            #expect(try await send("Action: restore\n" + ppa, "drivers-up").code == 226)
            #expect(
                try await send(Self.create.replacing("drivers", with: "more"), "barred").codes == ["external-barred"])
            #expect(try await send("Action: unbar-external\nPerson: alice", "unbar").code == 226)
            try await instance.must(
                """
                as_service "$slipway" person admin --config "$config" alice off
                url=$external; wait_for 60 has_package '~alice/debian/drivers' tiny
                """)
        }
    }
}
