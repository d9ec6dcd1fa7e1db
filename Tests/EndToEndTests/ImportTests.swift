import Foundation
import Testing

extension EndToEnd.OneInstance {
    /// The mirror that this machine's apt uses is the base, and its keyring the one that vouches.
    @Suite struct ImportTests {
        @Test func aSourceOfTheBaseComesWithItsPackagesByACommand() async throws {
            let instance = try Instance.current()
            try await instance.must(
                "make_ppa '~alice/debian/imported' >/dev/null; \"$slipway\" maintain --config \"$config\"", seconds: 400
            )
            let run = try await instance.bash(
                """
                sign_as alice --output "$work/import.commands" <<'TEXT' && curl_upload "$work" '' import.commands
                Archive: ppa.example.org

                Action: import-packages
                Ppa: ~alice/debian/imported
                Packages: hello
                TEXT
                """)
            let answer = SessionAnswer(run)
            #expect(
                answer.lines.contains { $0.contains("is fetched from the mirror of bookworm") }, "\(answer)")
            let files = try await instance.must(
                """
                wait_for 360 has_source '~alice/debian/imported' hello
                wait_for 60 grep -rqF 'Subject: [~alice/debian/imported] 1 source is imported' "$instance/mail/new"
                cd "$instance/archives/~alice/debian/imported/pool/main/h/hello"
                grep -qF "SHA256: $(sha256sum hello_*_$architecture.deb | cut -c1-64)" "$instance"/imports/*/state/lists/*_Packages
                ls
                """, seconds: 450)
            #expect(files.contains(/hello_2\S+\.dsc/) && files.contains(/hello_2\S+_amd64\.deb/), "\(files)")
        }

        @Test func whatTheBaseHasInANewerVersionIsImported() async throws {
            let said = try await Instance.current().must(
                """
                make_ppa '~alice/debian/updated' >/dev/null; mkdir "$work/updated"; make_source "$work/updated" hello 1.0
                "$slipway" archive change '~alice/debian/updated' On-Newer=update --config "$config"
                curl_package "$work/updated" '~alice/debian/updated' >/dev/null
                wait_for 60 has_source '~alice/debian/updated' hello
                "$slipway" maintain --config "$config"
                is_new() { curl -sS "$url/~alice/debian/updated/dists/bookworm/main/source/Sources.xz" | xz -d | grep -q '^Version: 2'; }
                wait_for 360 is_new
                """, seconds: 800)
            #expect(said.contains(/~alice\/debian\/updated  to be updated: hello 1.0 < 2.1\d-\S+\n/), "\(said)")
        }
    }
}
