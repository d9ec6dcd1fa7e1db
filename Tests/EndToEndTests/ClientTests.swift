import Foundation
import Testing

extension EndToEnd.OneInstance {
    /// The clients of Debian 12, set up as etc/clients shows it.
    @Suite struct ClientTests {
        @Test(arguments: ["dput", "dput-ng", "dupload", "curl"])
        func delivers(_ client: String) async throws {
            let instance = try Instance.current()
            try await instance.must(
                """
                make_ppa '~alice/debian/\(client)'; mkdir "$work/\(client)"; make_source "$work/\(client)" tiny 1.0
                """)
            let first = try await instance.bash("client \(client) \"$work/\(client)\" '~alice/debian/\(client)'")
            #expect(first.isSuccess, "\(first)")
            try await instance.must("wait_for 60 has_source '~alice/debian/\(client)' tiny")

            let again = try await instance.bash(
                "rm -f \"$work/\(client)\"/*.upload; client \(client) \"$work/\(client)\" '~alice/debian/\(client)'")
            #expect(!again.isSuccess, "what is refused does not look like a success")
            #expect(again.output.contains("[signature-seen]"), "\(again)")
            #expect(again.output.contains("[version-taken]"), "\(again)")
        }

        /// After a failure dupload sends in a second session only what is missing.
        @Test func duploadGoesOnInASecondSession() async throws {
            let instance = try Instance.current()
            try await instance.must(
                """
                make_ppa '~alice/debian/resumed'; mkdir "$work/resumed"; make_source "$work/resumed" tiny 1.0
                curl_upload "$work/resumed" '~alice/debian/resumed' tiny_1.0.dsc
                echo "u tiny_1.0.dsc ${ftp} $(date)" >"$work/resumed/tiny_1.0_source.upload"
                """)
            let run = try await instance.bash("client dupload \"$work/resumed\" '~alice/debian/resumed'")
            #expect(run.isSuccess, "\(run)")
            #expect(run.output.contains("tiny_1.0.dsc, size ok") && run.output.contains("already done"), "\(run)")
            try await instance.must("wait_for 60 has_source '~alice/debian/resumed' tiny")
        }

        /// What dpkg-buildpackage made, without its source, which is published; where the archive takes such, and as far as it fits.
        @Test func dputSendsPackages() async throws {
            let instance = try Instance.current()
            let archive = "~alice/debian/debs"
            let verb = { (words: String) in "as_service \"$slipway\" archive \(words) --config \"$config\" '\(archive)'"
            }
            try await instance.must(
                """
                make_ppa '\(archive)'; \(verb("binaries")) on
                mkdir "$work/debs"; make_source "$work/debs" tiny 1.0
                client dput "$work/debs" '\(archive)'
                mkdir "$work/debs/built"
                cd "$work/debs/built"
                dpkg-source --no-check -x ../tiny_1.0.dsc tree >log
                (cd tree && dpkg-buildpackage --no-sign -b >>../log 2>&1)
                rm -r tree log
                sign_as alice --output signed tiny_1.0_*.changes && mv signed tiny_1.0_*.changes
                """)
            try await instance.must("\(verb("quota")) 1M")
            let shown = try await instance.must("\"$slipway\" archive show --config \"$config\" '\(archive)'")
            #expect(shown.contains("KiB in its pool of 1 MiB"), "\(shown)")
            try await instance.must(
                "client dput \"$work/debs/built\" '\(archive)'; wait_for 60 has_package '\(archive)' tiny")
        }

        /// `dput -e 3` uploads to `…/DELAYED/3-day`.
        @Test func dputDelays() async throws {
            let instance = try Instance.current()
            try await instance.must(
                """
                make_ppa '~alice/debian/later'; mkdir "$work/later"; make_source "$work/later" tiny 1.0
                client dput-delayed "$work/later" '~alice/debian/later'
                as_service "$slipway" upload list --config "$config" >"$work/later/list"
                grep -E 'held.*~alice/debian/later' "$work/later/list" || { cat "$work/later/list"; false; }
                """)
        }

        @Test func aPathToNobodyIsRefusedWhereItIsEntered() async throws {
            let instance = try Instance.current()
            let run = try await instance.bash("curl_upload \"$work\" '~nobody/debian/tools' alice.asc")
            #expect(!run.isSuccess)
            #expect(run.lines.contains("550 There is no person or team \"nobody\" here."), "\(run)")
        }
    }
}
