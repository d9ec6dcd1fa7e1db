import Foundation
import Testing

extension EndToEnd.OneInstance {
    /// `copy-packages`, by file and by mail, as apt sees it.
    @Suite struct CopyTests {
        private static func copy(_ packages: String, to archive: String) -> String {
            """
            Archive: ppa.example.org

            Action: copy-packages
            From: ~alice/debian/origin
            From-Suite: bookworm
            To: \(archive)
            Packages: \(packages)
            """
        }

        /// A PPA with the source `tiny 1.0`, and an empty one.
        private func made() async throws {
            try await Instance.current().must(
                """
                make_ppa '~alice/debian/origin'; make_ppa '~alice/debian/copied'; mkdir "$work/origin"
                make_source "$work/origin" tiny 1.0; curl_package "$work/origin" '~alice/debian/origin'
                wait_for 60 has_source '~alice/debian/origin' tiny
                """)
        }

        private func send(_ text: String, _ name: String, by signer: String = "alice") async throws -> SessionAnswer {
            let run = try await Instance.current().bash(
                """
                sign_as \(signer) --output "$work/\(name).commands" <<'TEXT' && curl_upload "$work" '' \(name).commands
                \(text)
                TEXT
                """)
            return SessionAnswer(run)
        }

        /// The files of two archives are the same ones of the store; a removed version, whose upload is refused, comes back.
        @Test func aptSeesWhatIsCopiedAndWhatIsBroughtBack() async throws {
            let instance = try Instance.current()
            try await made()
            let copied = try await send(Self.copy("tiny", to: "~alice/debian/copied"), "copy")
            #expect(
                copied.lines.contains { $0.hasPrefix("tiny 1.0 is copied from ~alice/debian/origin, bookworm") },
                "\(copied)")
            try await instance.must(
                """
                wait_for 60 has_source '~alice/debian/copied' tiny
                cd "$instance/archives/~alice/debian"
                for file in origin/pool/main/t/tiny/*; do [ "$file" -ef "copied/${file#origin/}" ]; done
                """)
            #expect(
                try await send(Self.copy("tiny", to: "~alice/debian/copied"), "bobs", by: "bob").codes == ["no-right"])

            let removal =
                "Archive: ppa.example.org\n\nAction: remove-packages\nPpa: ~alice/debian/origin\nPackages: tiny\n"
            _ = try await send(removal, "removal")
            try await instance.must(
                "without_tiny() { ! has_source '~alice/debian/origin' tiny; }; wait_for 60 without_tiny")
            let again = try await instance.bash(
                """
                cd "$work/origin"; edit_signed tiny_1.0_source.changes alice 's/^Urgency: .*/Urgency: low/'
                curl_package "$work/origin" '~alice/debian/origin'
                """)
            #expect(SessionAnswer(again).codes.contains("version-taken"), "\(again)")
            let back = Self.copy("tiny (= 1.0)", to: "~alice/debian/origin")
            try await instance.must(
                """
                Tests/Fixtures/make-mail clearsigned '<back@mail.example.net>' >"$work/message" <<'TEXT'
                \(back)
                TEXT
                as_service "$slipway" receive-mail --config "$config" <"$work/message"
                """)
            let answer = try await instance.answer(to: "<back@mail.example.net>")
            #expect(answer["Subject"]?.hasSuffix("(Done)") == true, "\(answer.text)")
            try await instance.must("wait_for 60 has_source '~alice/debian/origin' tiny")
        }
    }
}
