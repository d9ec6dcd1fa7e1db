import Testing

extension EndToEnd.OneInstance {
    /// An archive that rebuilds by source: a signed command, and apt has a new version of it.
    @Suite struct RebuildTests {
        @Test func aCommandMakesANewVersionOfTheSource() async throws {
            let instance = try Instance.current()
            try await instance.must(
                """
                make_ppa '~alice/debian/rebuilt' >/dev/null
                "$slipway" archive change '~alice/debian/rebuilt' Rebuilds=source --config "$config"
                mkdir "$work/rebuilt"; make_source "$work/rebuilt" tiny 1.0
                curl_package "$work/rebuilt" '~alice/debian/rebuilt' >/dev/null
                wait_for 60 has_source '~alice/debian/rebuilt' tiny
                """, seconds: 200)
            let command = """
                Action: rebuild
                In: ~alice/debian/rebuilt
                Sources: tiny
                Reason: rebuild against libgreet 2.0
                """
            for isDryRun in [true, false] {
                let answer = SessionAnswer(
                    try await instance.bash(
                        """
                        sign_as alice --output "$work/rebuild-\(isDryRun).commands" <<'TEXT' && curl_upload "$work" '' rebuild-\(isDryRun).commands
                        Archive: ppa.example.org\(isDryRun ? "\nDry-Run: yes" : "")

                        \(command)
                        TEXT
                        """))
                #expect(
                    answer.lines.contains { $0.contains("tiny 1.0 is made once more for bookworm, as 1.0+build1") },
                    "\(answer)")
            }
            let said = try await instance.must(
                """
                is_made() { curl -sS "$url/~alice/debian/rebuilt/dists/bookworm/main/source/Sources.xz" | xz -d | grep -qx 'Version: 1.0+build1'; }
                wait_for 60 is_made
                wait_for 60 grep -rqF 'Subject: [~alice/debian/rebuilt] 1 source is rebuilt' "$instance/mail/new"
                "$slipway" build list --config "$config" | grep 'tiny 1.0+build1' || "$slipway" build list --config "$config"
                curl -sS "$url/~alice/debian/rebuilt" | grep -F 'rebuild of 1.0, by command'
                curl -sS --fail -o "$work/rebuilt.sources" "$url/~alice/debian/rebuilt.sources"
                apt_client "$work/rebuilt-apt" "$work/rebuilt.sources"; apt_of "$work/rebuilt-apt" apt-get update
                apt_of "$work/rebuilt-apt" apt-get source --download-only tiny=1.0+build1; cd "$work/rebuilt-apt"
                dpkg-source -x tiny_1.0+build1.dsc tiny-made >/dev/null; head -4 tiny-made/debian/changelog
                """, seconds: 200)
            #expect(said.contains("tiny (1.0+build1) bookworm; urgency=medium"), "\(said)")
            #expect(said.contains("  * rebuild against libgreet 2.0"), "\(said)")
        }

        /// The `.dsc` has no signature, and sbuild asks for none.
        @Test func theNewVersionIsBuilt() async throws {
            try await Instance.current().must(
                """
                as_service "$slipway" chroot create --if-missing --config "$config" bookworm "$architecture"
                make_ppa '~alice/debian/rebuilt-too' >/dev/null
                "$slipway" archive change '~alice/debian/rebuilt-too' Rebuilds=source --config "$config"
                mkdir "$work/rebuilt-too"; make_source "$work/rebuilt-too" tiny 1.0
                curl_package "$work/rebuilt-too" '~alice/debian/rebuilt-too' >/dev/null
                wait_for 60 has_source '~alice/debian/rebuilt-too' tiny
                sign_as alice --output "$work/rebuild-too.commands" <<'TEXT'
                Archive: ppa.example.org

                Action: rebuild
                In: ~alice/debian/rebuilt-too
                Sources: *
                Reason: to build it
                TEXT
                curl_upload "$work" '' rebuild-too.commands
                is_made() { curl -sS "$url/~alice/debian/rebuilt-too/dists/bookworm/main/source/Sources.xz" | xz -d | grep -qx 'Version: 1.0+build1'; }
                wait_for 60 is_made
                wanted() { "$slipway" build list --config "$config" --json | /usr/bin/python3 -c 'import json, sys; [print(b["number"]) for b in json.load(sys.stdin) if b["state"] == "wanted" and ("rebuilt-too" in b["archive"]) == (sys.argv[1] == "ours")]' "$1"; }
                for build in $(wanted others); do "$slipway" build cancel "$build" --config "$config"; done
                SLIPWAY_BUILDER_ENABLED=true "$slipway" build --once --config "$config"
                wait_for 60 has_package '~alice/debian/rebuilt-too' tiny
                curl -sS "$url/~alice/debian/rebuilt-too/dists/bookworm/main/binary-$architecture/Packages.xz" | xz -d | grep -x 'Version: 1.0+build1'
                """, seconds: 400)
        }
    }
}
