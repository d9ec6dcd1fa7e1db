import Foundation
import Testing

extension EndToEnd.OneInstance {
    /// Uploads that wait, and what is ordered about them: by verbs, by commands, and as older dcuts do.
    @Suite struct WaitingTests {
        private var instance: Instance { get throws { try Instance.current() } }

        /// Uploads `tiny` to an archive made for it, at a path below it.
        private func waits(in archive: String, at path: String = "", prepared: String = "") async throws -> Int {
            let run = try await instance.bash(
                """
                make_ppa '\(archive)' >/dev/null && mkdir "$work/\(archive.suffix(4))" || exit
                \(prepared)
                make_source "$work/\(archive.suffix(4))" tiny 1.0
                curl_package "$work/\(archive.suffix(4))" '\(archive)\(path)'
                """)
            let answer = SessionAnswer(run)
            #expect(answer.code == 226 && answer.verdict == "Waiting", "\(run)")
            return try #require(answer.upload)
        }

        private func command(_ name: String, _ text: String, by person: String = "alice") async throws -> Bash.Run {
            try await instance.bash(
                """
                sign_as \(person) --output "$work/\(name).commands" <<'TEXT' && curl_upload "$work" '' \(name).commands
                \(text)
                TEXT
                """)
        }

        @Test func whatIsNewWaitsForAnAdmin() async throws {
            let archive = "~alice/debian/new1"
            let switchOn = "as_service \"$slipway\" archive new --config \"$config\" '\(archive)' on"
            let upload = try await waits(in: archive, prepared: switchOn)
            #expect(try await instance.mail("upload-\(upload)-new-held").text.contains("waits in NEW"))
            let list = try await instance.must("\"$slipway\" upload list --new --config \"$config\"")
            #expect(list.contains("\(upload)  held  tiny 1.0"), "\(list)")
            let page = try await instance.must("curl -sS --fail \"$url/\(archive)\"")
            #expect(page.contains("In NEW") && page.contains("/uploads/\(upload)\""))
            try await instance.must(
                """
                as_service "$slipway" upload accept --config "$config" --section utils \(upload)
                wait_for 20 has_source '\(archive)' tiny
                """)
            #expect(try await instance.mail("upload-\(upload)-accepted")["To"] == "Alice <alice@example.org>")
            let shown = try await instance.must("\"$slipway\" upload show --config \"$config\" \(upload)")
            #expect(shown.contains("signed by alice") && shown.contains("mail \"accepted\": sent"), "\(shown)")
            #expect(shown.contains("tiny_1.0.dsc") && shown.contains("bytes  accepted"), "\(shown)")
            let sources = try await instance.must(
                "curl -sS --fail \"$url/\(archive)/dists/bookworm/main/source/Sources.xz\" | xz -d")
            #expect(sources.contains("Section: utils"), "\(sources)")
        }

        /// Its owner may say what becomes of it, and others not unless they are admins.
        @Test func itsOwnerOrAnAdminRefusesBySignedCommand() async throws {
            let archive = "~alice/debian/new2"
            let switchOn = "as_service \"$slipway\" archive new --config \"$config\" '\(archive)' on"
            let upload = try await waits(in: archive, prepared: switchOn)
            let text = "Archive: ppa.example.org\n\nAction: reject\nUpload: \(upload)\nReason: "
            let refused = try await command("refused", text + "Just so.\n", by: "bob")
            #expect(SessionAnswer(refused).codes == ["no-right"], "\(refused)")
            let tried = "Dry-Run: yes\n" + text + "By its owner.\n"
            #expect(try await command("tried", tried).isSuccess)
            try await instance.must("as_service \"$slipway\" person admin --config \"$config\" bob on")
            let done = try await command("done", text + "No licence.\n", by: "bob")
            try await instance.must("as_service \"$slipway\" person admin --config \"$config\" bob off")
            #expect(done.isSuccess, "\(done)")
            #expect(try await instance.mail("upload-\(upload)-rejected").text.contains("No licence."))
        }

        @Test func whoSignedItCancelsItAsOlderDcutsDo() async throws {
            let upload = try await waits(in: "~alice/debian/dly1", at: "/DELAYED/3-day")
            let text = "Uploader: Alice <alice@example.org>\nCommands:\n rm DELAYED/3-day/tiny_1.0*\n"
            let run = try await command("cancels", text)
            #expect(run.isSuccess, "\(run)")
            #expect(run.output.contains("Upload \(upload) (tiny 1.0) is cancelled."), "\(run)")
            #expect(try await instance.mail("upload-\(upload)-rejected").text.contains("~alice cancelled it."))
        }

        @Test func whoSignedItPutsItOffAndOn() async throws {
            let archive = "~alice/debian/dly2"
            let upload = try await waits(in: archive, at: "/DELAYED/3-day")
            let later = "Archive: ppa.example.org\n\nAction: reschedule\nUpload: \(upload)\nDelay: 9-day\n"
            #expect(try await command("later", later).isSuccess)
            try await instance.must("as_service \"$slipway\" upload reschedule --config \"$config\" \(upload) 0-day")
            try await instance.must("wait_for 20 has_source '\(archive)' tiny")
        }
    }
}
