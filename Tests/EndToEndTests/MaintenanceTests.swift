import Foundation
import Testing

extension EndToEnd.OneInstance {
    /// The mirror that this machine's apt uses is the base.
    @Suite struct MaintenanceTests {
        @Test func whatTheBaseHasInANewerVersionLeaves() async throws {
            let said = try await Instance.current().must(
                """
                make_ppa '~alice/debian/old' >/dev/null; mkdir "$work/old"; make_source "$work/old" hello 1.0
                "$slipway" archive newer '~alice/debian/old' delete --config "$config"
                curl_package "$work/old" '~alice/debian/old' >/dev/null
                wait_for 60 has_source '~alice/debian/old' hello
                "$slipway" maintain --config "$config"
                wait_for 60 grep -rqF 'Subject: [ppa.example.org] ~alice/debian/old: 1 source is newer' "$instance/mail/new"
                is_gone() { ! has_source '~alice/debian/old' hello; }
                wait_for 60 is_gone
                echo gone
                """)
            #expect(said.contains(/debian\/bookworm  \d{5} sources: \d+ new, 0 gone\n/), "\(said)")
            #expect(said.contains(/~alice\/debian\/old  removed: hello 1.0 < 2.1\d-\S+\n/), "\(said)")
            #expect(said.hasSuffix("gone"), "\(said)")
        }
    }
}
