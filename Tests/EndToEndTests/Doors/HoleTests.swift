import Foundation
import Testing

extension EndToEnd.OneInstance {
    /// What other archives' command files let through (debianqueued and dak process-commands), signed by the real gpg and posted.
    @Suite struct HoleTests {
        struct Hole: Sendable, CustomTestStringConvertible {
            let testDescription: String
            /// Bash: writes what is sent, with `$text` as its commands.
            let made: String
            /// The codes of the answer, no more and no less; none where it is done.
            let codes: Set<String>
            /// Whether the PPA of `$text` is there afterwards.
            var acts = false
        }

        static let holes = [
            Hole(testDescription: "as it should be", made: "sign_as alice <<<\"$text\"", codes: [], acts: true),
            Hole(
                testDescription: "no Uploader", made: "sed /^Uploader/d <<<\"$text\" | sign_as alice", codes: [],
                acts: true),
            Hole(
                testDescription: "somebody else's Uploader",
                made: "sed 's/^Uploader.*/Uploader: Bob <bob@example.org>/' <<<\"$text\" | sign_as alice", codes: [],
                acts: true),
            Hole(testDescription: "another person signs", made: "sign_as bob <<<\"$text\"", codes: ["no-right"]),
            Hole(
                testDescription: "for another host",
                made: "sed 's/^Archive.*/Archive: ftp-master.example.com/' <<<\"$text\" | sign_as alice",
                codes: ["other-service"]),
            Hole(
                testDescription: "for no host", made: "sed /^Archive/d <<<\"$text\" | sign_as alice",
                codes: ["missing-field"]),
            Hole(
                testDescription: "signed two days ago",
                made: "sign_as olga \"$(at '2 days ago')\" <<<\"${text//alice/olga}\"",
                codes: ["signature-too-old"]),
            Hole(
                testDescription: "signed tomorrow",
                made: "sign_as alice \"$(at tomorrow)\" <<<\"$text\"",
                codes: ["signature-from-the-future"]),
            Hole(
                testDescription: "two signatures",
                made: "sign_as both -u alice@example.org -u bob@example.org <<<\"$text\"",
                codes: ["several-signatures"]),
            Hole(
                testDescription: "text before the signed block", made: "echo \"$text\"; sign_as alice <<<\"$text\"",
                codes: ["text-before-signature"]),
            Hole(
                testDescription: "text after the signed block",
                made: "sign_as alice <<<\"$text\"; printf '\\n%s\\n' \"$text\"", codes: ["text-after-signature"]),
            Hole(
                testDescription: "two signed blocks", made: "sign_as alice <<<\"$text\"; sign_as alice <<<\"$text\"",
                codes: ["several-signed-blocks"]),
            Hole(
                testDescription: "changed on its way", made: "sign_as alice <<<\"$text\" | sed 's/^Suites/suites/'",
                codes: ["signature-altered"]),
            Hole(
                testDescription: "a revoked key", made: "sign_as rita <<<\"${text//alice/rita}\"",
                codes: ["revoked-key"]),
            Hole(testDescription: "nobody's key", made: "sign_as stranger <<<\"$text\"", codes: ["unknown-key"]),
            Hole(
                testDescription: "the second paragraph is wrong",
                made: "{ echo \"$text\"; printf '\\nAction: create-ppa\\nPpa: ~bob/debian/x\\n'; } | sign_as alice",
                codes: ["missing-field"]),
            Hole(
                testDescription: "10,000 paragraphs",
                made: "{ echo \"$text\"; for _ in {1..10000}; do printf '\\nAction: x\\n'; done; } | sign_as alice",
                codes: ["syntax-error"]),
            Hole(
                testDescription: "upwards as a PPA",
                made: "sed 's|^Ppa.*|Ppa: ~alice/debian/../../../etc|' <<<\"$text\" | sign_as alice",
                codes: ["bad-value"]),
            Hole(
                testDescription: "cancel ../ in an older dcut's file",
                made: "printf 'Uploader: a@b.c\\nCommands:\\n cancel ../../tiny_1.0_source.changes\\n' | sign_as alice",
                codes: ["bad-command"]),
            Hole(
                testDescription: "rm of what is somebody else's",
                made: "printf 'Uploader: a@b.c\\nCommands:\\n rm --searchdirs tiny_1.0*\\n' | sign_as bob",
                codes: ["no-upload"]),
            Hole(
                testDescription: "cancel of what is somebody else's",
                made: "printf 'Uploader: a@b.c\\nCommands:\\n cancel tiny_1.0_source.changes\\n' | sign_as bob",
                codes: ["no-upload"]),
        ]

        /// Olga's key is old enough to have signed days ago; `both` has two people's; an upload of alice's waits.
        private func prepared() async throws {
            try await Instance.current().must(
                """
                [ ! -e "$work/holes" ] || exit 0
                mkdir "$work/holes" "$work/holes/tiny"
                make_key olga 'Olga <olga@example.org>' never --faked-system-time "$(date -ud '9 days ago' +%Y%m%dT%H%M%S)!"
                register_person olga 'Olga <olga@example.org>'
                mkdir -m 700 "$work/both.gnupg"
                for name in alice bob; do
                    gpg --homedir "$work/$name.gnupg" --batch --export-secret-keys | gpg --homedir "$work/both.gnupg" --batch --quiet --import
                done
                export GNUPGHOME=$work/alice.gnupg
                make_ppa '~alice/debian/holes'; make_source "$work/holes/tiny" tiny 1.0
                curl_package "$work/holes/tiny" '~alice/debian/holes/DELAYED/3-day'
                """)
        }

        @Test(arguments: holes)
        func doesWhatItMayAndNoMore(_ hole: Hole) async throws {
            try await prepared()
            let instance = try Instance.current()
            let run = try await instance.bash(
                """
                at() { echo "--faked-system-time=$(date -ud "$1" +%Y%m%dT%H%M%S)!"; }
                name=hole-$RANDOM$RANDOM
                text=$(printf 'Archive: ppa.example.org\\nUploader: Alice <alice@example.org>\\n\\nAction: create-ppa\\n'
                       printf 'Ppa: ~alice/debian/%s\\nSuites: bookworm\\n' "$name")
                { \(hole.made); } >"$work/$name.commands"
                curl -sS --data-binary @"$work/$name.commands" "$put/commands"
                echo "there: $("$slipway" archive list --config "$config" | grep -c "/debian/$name ")"
                echo "waits: $("$slipway" upload list --limit 1000 --config "$config" | grep -c 'held.*tiny')"
                """)
            let codes = run.lines.compactMap { $0.firstMatch(of: /\[([a-z0-9-]+)\]$/).map { String($0.1) } }
            #expect(Set(codes) == hole.codes, "\(run)")
            #expect(run.lines.contains("there: \(hole.acts ? 1 : 0)"), "\(run)")
            #expect(!run.lines.contains("waits: 0"), "alice's upload stays: \(run)")
        }

        /// Nobody is answered: no letter is queued for it, and none was sent.
        @Test(arguments: [
            "Auto-Submitted: auto-replied", "Return-Path: <>", "Precedence: bulk", "List-Id: <l.example.org>",
        ])
        func aLoopEndsHere(_ header: String) async throws {
            let said = try await Instance.current().must(
                """
                name=loop-$RANDOM$RANDOM
                printf 'Archive: ppa.example.org\\n\\nAction: create-ppa\\nPpa: ~alice/debian/%s\\nSuites: bookworm\\n' "$name" |
                    Tests/Fixtures/make-mail clearsigned "<$name@mail.example.net>" >"$work/$name"
                { echo '\(header)'; cat "$work/$name"; } >"$work/message"
                as_service "$slipway" receive-mail --config "$config" <"$work/message"
                taken() { ! ls -d "$instance"/jail/landed/mail-* >/dev/null 2>&1; }
                wait_for 60 taken
                query='SELECT count(*) FROM mail WHERE letter LIKE ?'
                echo "answers: $(python3 -c 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute(*sys.argv[2:3], ["%<" + sys.argv[3] + "@%"]).fetchone()[0])' "$instance/slipway.sqlite" "$query" "$name")"
                """)
            let isAProgram = !header.hasPrefix("List-Id")
            #expect(said.hasSuffix("answers: \(isAProgram ? 0 : 1)"), "\(said)")
        }
    }
}
