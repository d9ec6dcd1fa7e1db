import Foundation
import Testing

extension EndToEnd.OneInstance {
    /// What the gateway says to bad uploads on the wire, and who is told by mail. Tests/IntakeTests has many more.
    @Suite struct BadInputTests {
        static let path = "~alice/debian/bad"

        /// The archive, a good upload to spoil, and a version that another one is older than. Made once.
        private func prepared() async throws -> Instance {
            let instance = try Instance.current()
            try await instance.must(
                """
                [ ! -e "$work/good" ] || exit 0
                make_ppa '\(Self.path)'
                mkdir "$work/newer" "$work/good.new"
                make_source "$work/newer" newer 1.0
                curl_package "$work/newer" '\(Self.path)'
                make_source "$work/good.new" tiny 1.0
                mv "$work/good.new" "$work/good"
                """)
            return instance
        }

        /// Spoils a copy of the good upload, and sends it.
        private func send(_ spoil: String, _ instance: Instance) async throws -> SessionAnswer {
            let run = try await instance.bash(
                """
                rm -rf "$work/bad"; cp -r "$work/good" "$work/bad"
                top=$PWD
                (
                    set -e
                    make_source() { "$top/Tests/Fixtures/make-source" "$@"; }
                    cd "$work/bad"; changes=$work/bad/tiny_1.0_source.changes
                    \(spoil)
                ) || exit
                curl_package "$work/bad" '\(Self.path)'
                """)
            #expect(!run.isSuccess, "curl takes it for a success")
            return SessionAnswer(run)
        }

        @Test(arguments: BadUpload.all)
        func isRefusedWithItsReason(_ bad: BadUpload) async throws {
            let instance = try await prepared()
            let before = try await instance.letters()
            let answer = try await send(bad.spoil, instance)
            #expect(answer.code == 450, "dput-ng takes a 5xx for a success")
            #expect(answer.verdict == bad.verdict, "\(answer.lines)")
            #expect(answer.codes == bad.codes, "\(answer.lines)")
            let new = try await instance.letters().filter { before[$0.key] == nil }
            #expect(Array(new.values) == (bad.verdict == "Refused" ? [] : [bad.signer]))
            guard bad.verdict == "Rejected" else { return }
            let mail = try await instance.mail("upload-\(try #require(answer.upload))-rejected")
            #expect(mail["X-Slipway-Verdict"] == "rejected")
            for code in bad.codes { #expect(mail.text.contains("[\(code)]")) }
        }

        @Test func anUploadMayComeInTwoSessions() async throws {
            let instance = try await prepared()
            try await instance.must("make_ppa '~alice/debian/halves'")
            let first = try await instance.bash(
                "curl_upload \"$work/good\" '~alice/debian/halves' tiny_1.0.dsc tiny_1.0_source.changes")
            #expect(first.isSuccess, "\(first)")
            let held = SessionAnswer(first)
            #expect(held.code == 226 && held.verdict == "Waiting", "\(first)")
            #expect(held.lines.contains { $0.contains("tiny_1.0.tar.xz") }, "\(first)")
            let number = try #require(held.upload)
            #expect(try await instance.mail("upload-\(number)-held").text.contains("tiny_1.0.tar.xz"))

            let second = try await instance.bash(
                "curl_upload \"$work/good\" '~alice/debian/halves' tiny_1.0.tar.xz")
            #expect(second.isSuccess, "\(second)")
            #expect(try await instance.mail("upload-\(number)-accepted")["To"] == "Alice <alice@example.org>")
            try await instance.must("wait_for 60 has_source '~alice/debian/halves' tiny")
        }
    }
}
