import Foundation
import Testing

extension EndToEnd.OneInstance {
    /// The outbox, and what comes back.
    @Suite struct MailTests {
        private func must(_ script: String) async throws -> String {
            try await Instance.current().must(Self.start + script)
        }

        /// `slip VERB…`; `upload_tiny NAME VERSION`: to alice's archive of that name; `report MESSAGE-ID`: what a mail server says of a mail.
        private static let start = """
            slip() { "$slipway" "$@" --config "$config"; }
            upload_tiny() {
                [ -d "$work/$1" ] || make_ppa "~alice/debian/$1"
                rm -rf "$work/$1"; mkdir "$work/$1"; make_source "$work/$1" tiny "$2"; curl_package "$work/$1" "~alice/debian/$1"
                wait_for 60 has_source "~alice/debian/$1" tiny
            }
            number_of() { slip mail list --limit 1000 | grep " $1\\( \\|$\\)" | cut -d' ' -f1; }
            report() {
                printf '%s\\n' 'Return-Path: <>' 'From: MAILER-DAEMON@mail.example.org' 'MIME-Version: 1.0' \
                    'Content-Type: multipart/report; report-type=delivery-status; boundary=X' '' '--X' \
                    'Content-Type: message/delivery-status' '' 'Reporting-MTA: dns; mail.example.org' '' \
                    'Final-Recipient: rfc822; alice@example.org' 'Action: failed' 'Status: 5.1.1' \
                    'Diagnostic-Code: smtp; 550 5.1.1 no such user' '' '--X' 'Content-Type: text/rfc822-headers' '' \
                    "Message-ID: <$1>" '' '--X--'
            }

            """

        @Test func anArchivesListIsTold() async throws {
            let said = try await must(
                """
                make_ppa '~alice/debian/told'; mkdir "$work/told"
                slip archive announce '~alice/debian/told' changes@lists.example.org
                slip archive show '~alice/debian/told'
                upload_tiny told 1.0
                wait_for 60 grep -rqx 'To: changes@lists.example.org' "$instance/mail/new"
                cat "$(grep -rlx 'To: changes@lists.example.org' "$instance/mail/new")"
                slip archive announce '~alice/debian/told' none
                """)
            #expect(said.contains("  announced to changes@lists.example.org\n"), "\(said)")
            #expect(said.contains("\nSubject: Accepted tiny 1.0 into ~alice/debian/told/bookworm\n"), "\(said)")
            #expect(said.contains("\nList-Id: <told.debian.alice.ppa.example.org>\n"), "\(said)")
            #expect(said.hasSuffix("Nobody is told what ~alice/debian/told accepts, but who signed it."), "\(said)")
        }

        @Test func whatComesBackStandsWithThePersonAndIsNotAnswered() async throws {
            let said = try await must(
                """
                upload_tiny back 1.0
                identity=$(slip mail list | grep -o 'upload-[0-9]*-accepted' | head -1); mail=$(number_of "$identity")
                wait_for 60 sh -c "'$slipway' mail list --state sent --config '$config' | grep -q '^$mail '"
                report "$identity@ppa.example.org" | as_service "$slipway" receive-mail --config "$config"
                echo "person: $(slip person show alice | grep "mail $mail ")"
                echo "dead: $(slip mail list --dead | grep "^$mail ")"
                token=$(python3 -c 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute("SELECT bounce_token FROM mail WHERE id = ?", [sys.argv[2]]).fetchone()[0])' "$instance/slipway.sqlite" "$mail")
                report "nothing@of.ours" | as_service "$slipway" receive-mail --recipient "slipway+$mail.$token@ppa.example.org" --config "$config"
                report "nothing@of.ours" | as_service "$slipway" receive-mail --recipient "slipway+$mail.0123456789abcdef@ppa.example.org" --config "$config"
                echo 'Subject: I am away' | as_service "$slipway" receive-mail --recipient "slipway+$mail.$token@ppa.example.org" --config "$config"
                echo "bounces: $(slip person show alice | grep -c "mail $mail came back: 550 5.1.1 no such user")"
                ! ls -d "$instance"/jail/landed/mail-* "$instance"/jail/arriving/mail-* 2>/dev/null
                slip mail resend --dead
                slip digest
                """)
            #expect(said.contains("came back: 550 5.1.1 no such user"), "\(said)")
            #expect(said.contains(/dead: \d+  dead .*It came back: 550 5.1.1 no such user/), "\(said)")
            #expect(said.contains("receive-mail: a report of a mail that is not ours"), "\(said)")
            #expect(said.contains("receive-mail: no report of a delivery, but an answer"), "\(said)")
            #expect(said.contains("bounces: 2\n"), "\(said)")
            #expect(said.contains("1 mails are queued."), "\(said)")
            #expect(said.contains(/\d+  uploads accepted\n/) && said.contains(/\d+  mails that came back\n/), "\(said)")
        }

        @Test func templatesAreShownAndMistakesInThemAreTold() async throws {
            let said = try await must(
                """
                mkdir "$work/templates"; "$slipway" mail template accepted >"$work/templates/accepted.mustache"
                SLIPWAY_MAIL_TEMPLATES=$work/templates slip config check
                echo '{{nonsense}}' >>"$work/templates/accepted.mustache"
                SLIPWAY_MAIL_TEMPLATES=$work/templates slip config check || echo "and refused"
                """)
            #expect(said.contains("The configuration is good"), "\(said)")
            #expect(said.hasSuffix("and refused"), "\(said)")
            #expect(said.contains("accepted.mustache cannot be used: nothing is called \"nonsense\""), "\(said)")
        }
    }
}
