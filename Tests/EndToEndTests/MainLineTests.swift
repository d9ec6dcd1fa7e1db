import Foundation
import Testing

extension EndToEnd {
    /// From a key to an installed package: the demo is this very test.
    @Suite struct MainLineTests {
        /// In this order.
        static let facts = [
            "~alice/debian/tools  ppa  bookworm  Tools that Alice needs today",
            "450-Rejected: hello ", "[unknown-suite]", "[wrong-digest]",
            "Successfully uploaded packages.",
            "Subject: [ppa.example.org] create.commands (Done)",
            "Subject: [~alice/debian/tools] hello ", "(Rejected)",
            "Subject: [~alice/debian/tools/bookworm] hello ", "(Accepted)",
            "1  succeeded  hello ", "Status: successful",
            "Signed-By:", "Acquire-By-Hash: yes",
            "Setting up hello ", "Hello, world!",
        ]

        @Test func theDemoDoesTheMainJobAlsoAfterAnEarlierRun() async throws {
            let folder = "/tmp/slipway-main-line-\(UInt64.random(in: 0 ... .max))"
            _ = try await Bash.run("mkdir -p \(folder)/files && echo old >\(folder)/slipway.sqlite")
            let run = try await Bash.run("scripts/run-demo \(folder)", seconds: 500)
            _ = try await Bash.run(Bash.start + "instance_remove \(folder)")
            #expect(run.isSuccess, "\(run)")
            var rest = Substring(run.output)
            for fact in Self.facts {
                let place = try #require(rest.range(of: fact), "\"\(fact)\" is not said, or not here:\n\(run)")
                rest = rest[place.upperBound...]
            }
        }
    }
}
