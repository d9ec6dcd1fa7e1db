import Testing

extension EndToEnd {
    @Suite struct StartTests {
        /// A start that hung one time in five stays unseen in a test that starts once.
        @Test func startsEachTimeAndStopsCleanly() async throws {
            let run = try await Bash.run(
                Bash.start + """
                    set -e
                    folder=$(mktemp -u /tmp/slipway-end-XXXXXX)
                    instance_make "$folder"
                    trap 'instance_stop; instance_remove "$folder"' EXIT
                    for _ in 1 2 3 4 5 6 7 8 9 10; do
                        instance_start
                        kill "$serve"
                        wait "$serve"
                        serve=
                    done
                    """, seconds: 120)
            #expect(run.isSuccess, "\(run)")
        }
    }
}
