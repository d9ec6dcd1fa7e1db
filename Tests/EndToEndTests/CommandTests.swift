import Foundation
import Testing

extension EndToEnd.OneInstance {
    /// Signed commands, by file and by mail.
    @Suite struct CommandTests {
        private static func createPPA(_ name: String, header: String = "") -> String {
            """
            Archive: ppa.example.org
            Uploader: Alice <alice@example.org>
            \(header.isEmpty ? "" : header + "\n")
            Action: create-ppa
            Ppa: ~alice/debian/\(name)
            Suites: bookworm

            """
        }

        /// Signs and uploads a text as `NAME.commands`.
        private func upload(_ text: String, _ name: String, by signer: String = "alice") async throws -> Bash.Run {
            let instance = try Instance.current()
            return try await instance.bash(
                """
                sign_as \(signer) --output "$work/\(name).commands" <<'TEXT' && curl_upload "$work" '' \(name).commands
                \(text)
                TEXT
                """)
        }

        /// Makes a mail with the text, as a mail program signs it, and hands it over as an MTA does.
        private func mail(_ text: String, _ form: String, _ messageID: String) async throws {
            try await Instance.current().must(
                """
                Tests/Fixtures/make-mail \(form) '\(messageID)' >"$work/message" <<'TEXT'
                \(text)
                TEXT
                as_service "$slipway" receive-mail --config "$config" <"$work/message"
                """)
        }

        private func archives() async throws -> [String] {
            try await Instance.current().must("\"$slipway\" archive list --config \"$config\"").split(separator: "\n")
                .map { String($0.prefix { $0 != " " }) }
        }

        @Test func aFileActsOnce() async throws {
            let first = try await upload(Self.createPPA("by-file"), "by-file")
            #expect(first.isSuccess, "\(first)")
            #expect(SessionAnswer(first).lines.contains("~alice/debian/by-file is there, for bookworm."), "\(first)")
            #expect(try await archives().contains("~alice/debian/by-file"))

            let again = try await Instance.current().bash("curl_upload \"$work\" '' by-file.commands")
            #expect(!again.isSuccess)
            #expect(SessionAnswer(again).codes == ["signature-seen"], "\(again)")
        }

        @Test func dcutSendsAFile() async throws {
            let instance = try Instance.current()
            try await instance.must(
                """
                mkdir -p "$work/dcut"; sign_as alice --output "$work/dcut/by-dcut.commands" <<'TEXT'
                \(Self.createPPA("by-dcut"))
                TEXT
                """)
            let run = try await instance.bash(
                "dput_ng \"$work/dcut\" dcut slipway:alice upload -f by-dcut.commands")
            #expect(run.isSuccess, "\(run)")
            #expect(try await archives().contains("~alice/debian/by-dcut"), "\(run)")
        }

        @Test func curlPostsThem() async throws {
            let instance = try Instance.current()
            let run = try await instance.bash(
                """
                sign_as alice --output "$work/by-post.commands" <<'TEXT'
                \(Self.createPPA("by-post"))
                TEXT
                post() { curl -sS -w '%{http_code}\\n' --data-binary @"$work/by-post.commands" "$@" "$put/commands"; }
                post; post -H 'Accept: application/json'
                """)
            #expect(
                run.lines.contains("~alice/debian/by-post is there, for bookworm.") && run.lines.contains("200"),
                "\(run)")
            #expect(try await archives().contains("~alice/debian/by-post"))
            #expect(run.output.contains("\"outcome\":\"rejected\"") && run.lines.last == "422", "it acts once: \(run)")
            let log = try await instance.must("\"$slipway\" command log --config \"$config\" --limit 1")
            #expect(log.contains("  alice  done  1 action  session ") && log.contains("/posted.commands"), "\(log)")
        }

        @Test func slipwaySignsWhatItHasChecked() async throws {
            let instance = try Instance.current()
            let run = try await instance.bash(
                """
                export GNUPGHOME=$work/alice.gnupg
                printf 'Action: create-ppa\\nPpa: ~alice/debian/by-sign\\nSuite: bookworm\\n' >"$work/text"
                "$slipway" command sign --config "$config" "$work/text"; echo "status $?"
                sed -i 's/^Suite:/Suites:/' "$work/text"
                as_service "$slipway" command check --config "$config" --person bob - <"$work/text"
                "$slipway" command sign --config "$config" --output "$work/by-sign.commands" "$work/text" &&
                    curl -sS --data-binary @"$work/by-sign.commands" "$put/commands"
                """)
            #expect(run.output.contains("Did you mean Suites?") && run.lines.contains("status 65"), "\(run)")
            #expect(run.output.contains("bob may not act for ~alice."), "\(run)")
            #expect(run.lines.contains("~alice/debian/by-sign is there, for bookworm."), "\(run)")
        }

        @Test func aDryRunDoesNothing() async throws {
            let run = try await upload(Self.createPPA("dry", header: "Dry-Run: yes"), "dry")
            #expect(run.isSuccess, "\(run)")
            #expect(try await archives().contains("~alice/debian/dry") == false)
        }

        struct Refused: Sendable, CustomTestStringConvertible {
            let testDescription: String
            var signer = "alice"
            let text: String
            let code: String
        }

        static let refused = [
            Refused(testDescription: "for somebody else", signer: "bob", text: createPPA("taken"), code: "no-right"),
            Refused(
                testDescription: "to another service",
                text: createPPA("elsewhere").replacing("ppa.example.org", with: "other.example.org"),
                code: "other-service"),
            Refused(
                testDescription: "a suite there is not",
                text: createPPA("nowhere").replacing("bookworm", with: "squeeze"),
                code: "no-suite"),
            Refused(
                testDescription: "an action there is not",
                text: createPPA("bad").replacing("create-ppa", with: "drop-all"), code: "unknown-action"),
        ]

        @Test(arguments: refused)
        func isRefusedWithItsReason(_ row: Refused) async throws {
            let before = try await archives()
            let run = try await upload(row.text, "refused-\(row.code)", by: row.signer)
            #expect(!run.isSuccess)
            #expect(SessionAnswer(run).codes == [row.code], "\(run)")
            #expect(try await archives() == before)
        }

        @Test(arguments: ["clearsigned", "pgp-mime"])
        func aMailIsAnsweredInItsThread(_ form: String) async throws {
            let messageID = "<\(form)@mail.example.net>"
            try await mail(Self.createPPA("by-\(form)"), form, messageID)
            let answer = try await Instance.current().answer(to: messageID)
            #expect(answer["To"] == "Alice <alice@example.org>", "not to the sender, who is nobody")
            #expect(answer["Subject"] == "[ppa.example.org] Please (Done)")
            #expect(answer["References"] == messageID)
            #expect(answer["Auto-Submitted"] == "auto-replied")
            #expect(answer.text.contains("~alice/debian/by-\(form) is there"))
            #expect(try await archives().contains("~alice/debian/by-\(form)"))
        }

        @Test func aRemovedPackageIsGoneForApt() async throws {
            let instance = try Instance.current()
            try await instance.must(
                """
                make_ppa '~alice/debian/emptied'; mkdir "$work/emptied"
                make_source "$work/emptied" tiny 1.0; curl_package "$work/emptied" '~alice/debian/emptied'
                rm "$work"/emptied/*; make_source "$work/emptied" stays 1.0; curl_package "$work/emptied" '~alice/debian/emptied'
                wait_for 60 has_source '~alice/debian/emptied' tiny; wait_for 60 has_source '~alice/debian/emptied' stays
                curl -sS --fail -o "$work/emptied.sources" "$url/~alice/debian/emptied.sources"
                apt_client "$work/emptied/client" "$work/emptied.sources"
                apt_of "$work/emptied/client" apt-get update
                apt_of "$work/emptied/client" apt-get source --download-only tiny
                """)
            let text = """
                Archive: ppa.example.org

                Action: remove-packages
                Ppa: ~alice/debian/emptied
                Packages: tiny (= 1.0)
                """
            try await mail(text, "clearsigned", "<remove@mail.example.net>")
            #expect(try await instance.answer(to: "<remove@mail.example.net>")["Subject"]?.hasSuffix("(Done)") == true)
            try await instance.must(
                "without_tiny() { ! has_source '~alice/debian/emptied' tiny; }; wait_for 60 without_tiny")
            try await instance.must(
                "for what in update 'source --download-only stays'; do apt_of \"$work/emptied/client\" apt-get $what; done"
            )
            let gone = try await instance.bash("apt_of \"$work/emptied/client\" apt-get source --download-only tiny")
            #expect(!gone.isSuccess)
            #expect(gone.output.contains("Unable to find a source package for tiny"), "\(gone)")
        }
    }
}
