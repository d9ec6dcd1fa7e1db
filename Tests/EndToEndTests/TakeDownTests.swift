import Foundation
import Testing

extension EndToEnd.OneInstance {
    /// `take-down`, `restore` and `delete-ppa`, as apt and people see them.
    @Suite struct TakeDownTests {
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

        @Test func isGoneAndComesBackAndIsGoneForGood() async throws {
            let instance = try Instance.current()
            try await instance.must(
                """
                make_ppa '~alice/debian/doubtful'; mkdir "$work/doubtful"
                make_source "$work/doubtful" doubt 1.0; curl_package "$work/doubtful" '~alice/debian/doubtful'
                wait_for 60 has_source '~alice/debian/doubtful' doubt
                """)
            let ppa = "Ppa: ~alice/debian/doubtful\nReason: a complaint"
            #expect(try await send("Action: take-down\n" + ppa + " too many", "no-admin").codes == ["no-right"])
            try await instance.must("as_service \"$slipway\" person admin --config \"$config\" alice on")
            #expect(try await send("Action: take-down\n" + ppa, "down").code == 226)
            try await instance.must(
                """
                gone() { ! curl -sS --fail -o /dev/null "$url/~alice/debian/doubtful/dists/bookworm/InRelease"; }
                wait_for 60 gone
                ! curl -sS --fail -o /dev/null "$url/~alice/debian/doubtful"
                ! curl -sS --fail -o /dev/null "$url/~alice/debian/doubtful.sources"
                [ -n "$(find "$instance/withdrawn" -name 'doubt_1.0.dsc')" ]
                """)
            let refused = try await instance.bash("curl_package \"$work/doubtful\" '~alice/debian/doubtful'")
            #expect(refused.output.contains("is disabled"), "\(refused)")
            #expect(try await send("Action: restore\n" + ppa, "up").code == 226)
            try await instance.must(
                """
                wait_for 60 has_source '~alice/debian/doubtful' doubt
                curl -sS --fail -o /dev/null "$url/~alice/debian/doubtful/pool/main/d/doubt/doubt_1.0.dsc"
                """)
            try await instance.must("as_service \"$slipway\" person admin --config \"$config\" alice off")
            #expect(try await send("Action: delete-ppa\n" + ppa, "delete").code == 226)
            try await instance.must(
                """
                gone() { ! curl -sS --fail -o /dev/null "$url/~alice/debian/doubtful/dists/bookworm/InRelease"; }
                wait_for 60 gone
                """)
        }
    }
}
