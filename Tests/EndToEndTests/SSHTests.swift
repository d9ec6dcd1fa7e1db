import Foundation
import Testing

extension EndToEnd.OneInstance {
    /// A real sshd with etc/ssh/slipway.conf, which asks the real program for keys. Only root can start one that becomes
    /// other users.
    @Suite(
        .enabled(if: getuid() == 0 && access("/usr/sbin/sshd", X_OK) == 0, "It needs root, and openssh-server."))
    struct SSHTests {
        /// Beside the instance: a sshd, and the keys of alice and of a stranger.
        private func must(_ script: String) async throws -> String {
            let start = "source Tests/Fixtures/sshd; ssh_start; ssh_key alice; ssh_key stranger\n"
            return try await Instance.current().must(start + script)
        }

        @Test func registeredKeysLetUploadsIn() async throws {
            let said = try await must(
                """
                make_ppa '~alice/debian/ssh'; mkdir "$work/ssh"; make_source "$work/ssh" tiny 1.0
                refused ssh_upload alice "$work/ssh" '~alice/debian/ssh'
                person_ssh_key add alice "$ssh/alice.pub"
                refused ssh_upload stranger "$work/ssh" '~alice/debian/ssh'
                ssh_upload alice "$work/ssh" '~alice/debian/ssh'
                wait_for 60 has_source '~alice/debian/ssh' tiny
                wait_for 60 grep -q '^slipway_gateway_files_total{door="sftp"} [1-9]' \
                    "$instance/jail/metrics/slipway-sftp.prom"
                """)
            #expect(said.contains("Permission denied (publickey)"), "\(said)")
            #expect(said.contains("alice may upload by SFTP with SHA256:"), "\(said)")
        }

        /// FTP proves nothing about who sends, and SFTP with another person's key proves somebody else.
        @Test func itsSignerSendsTheSameToAnotherArchive() async throws {
            let said = try await must(
                """
                make_ppa '~alice/debian/first'; make_ppa '~alice/debian/second'
                mkdir "$work/again"; make_source "$work/again" twice 1.0
                person_ssh_key add alice "$ssh/alice.pub"; person_ssh_key add bob "$ssh/stranger.pub"
                curl_package "$work/again" '~alice/debian/first'
                wait_for 60 has_source '~alice/debian/first' twice
                refused curl_package "$work/again" '~alice/debian/second'
                refused ssh_upload stranger "$work/again" '~alice/debian/second'
                ssh_upload alice "$work/again" '~alice/debian/second'
                wait_for 60 has_source '~alice/debian/second' twice
                person_ssh_key remove bob "$(ssh-keygen -lf "$ssh/stranger.pub" | cut -d' ' -f2)"
                """)
            #expect(said.contains("[signature-seen]"), "\(said)")
        }

        @Test func theLogSaysFromWhereCommandsCame() async throws {
            let log = try await must(
                """
                person_ssh_key add alice "$ssh/alice.pub"
                sign_as alice --output "$work/by-ssh.commands" <<'TEXT'
                Archive: ppa.example.org

                Action: create-ppa
                Ppa: ~alice/debian/by-ssh
                Suites: bookworm
                TEXT
                ssh_as alice scp "$work/by-ssh.commands" door:
                logged() { "$slipway" command log --config "$config" --person alice | grep 'by-ssh\\.commands'; }
                wait_for 60 logged
                """)
            #expect(log.contains("done  1 action") && log.contains(", from 127.0.0.1"), "\(log)")
        }

        @Test func aKeyThatIsForgottenLetsNobodyIn() async throws {
            let said = try await must(
                """
                person_ssh_key add bob - <"$ssh/alice.pub"
                ssh_lets_in alice
                refused person_ssh_key add alice "$ssh/alice.pub"
                key=$(ssh-keygen -lf "$ssh/alice.pub" | cut -d' ' -f2)
                person_ssh_key list bob | grep -qxF "bob  $key  ssh-ed25519  alice (test)"
                refused person_ssh_key remove alice "$key"
                "$slipway" person show bob --config "$config" | grep -qxF "  $key"
                person_ssh_key remove bob "$key"
                refused ssh_lets_in alice
                """)
            #expect(said.contains("is registered already, for bob."), "\(said)")
            #expect(said.contains("alice has no SSH key SHA256:"), "\(said)")
        }

        @Test func blockedPeopleAreNotLetIn() async throws {
            _ = try await must(
                """
                person_ssh_key add bob "$ssh/alice.pub"
                "$slipway" person block bob --config "$config"
                refused ssh_lets_in alice
                "$slipway" person unblock bob --config "$config"
                ssh_lets_in alice
                """)
        }

        @Test func nothingButUploadsIsLetIn() async throws {
            let said = try await must(
                """
                person_ssh_key add bob "$ssh/alice.pub"
                ssh_lets_in alice
                refused ssh_as alice ssh door id
                refused ssh_as alice ssh door 'sh -c id; id'
                refused ssh_as alice ssh door </dev/null
                refused ssh_as alice ssh -W "127.0.0.1:${url##*:}" door </dev/null
                """)
            #expect(said.contains("No such command here: upload with dput, scp or sftp."), "\(said)")
            #expect(said.contains("There is no shell here: upload with dput, scp or sftp."), "\(said)")
            #expect(said.contains("administratively prohibited"), "\(said)")
            #expect(!said.contains("uid="), "\(said)")
        }

        @Test func theGatewaysLimitsHoldForSFTP() async throws {
            let said = try await must(
                """
                person_ssh_key add bob "$ssh/alice.pub"
                make_ppa '~bob/debian/limits'
                sed 's/^gateway: {/&options: ["--sessions", "5", "--file-size", "1"], /' "$config" >"$ssh/small.yaml"
                ssh_asks "$ssh/small.yaml"
                head -c 2M /dev/zero >"$ssh/big.deb"
                ssh_as alice true
                refused sftp -F "$ssh/config" -s /usr/lib/openssh/sftp-server -b - door 2>&1 \
                    <<<"put $ssh/big.deb ~bob/debian/limits/"
                """)
            #expect(said.contains("larger than 1048576 bytes"), "\(said)")
        }

        @Test(arguments: ["dput", "dput-ng"]) func clientsDeliver(_ client: String) async throws {
            _ = try await must(
                """
                archive='~alice/debian/ssh-\(client)'
                person_ssh_key add alice "$ssh/alice.pub"
                make_ppa "$archive"; mkdir "$work/ssh-\(client)"; make_source "$work/ssh-\(client)" tiny 1.0
                ssh_client \(client) "$work/ssh-\(client)" "$archive"
                wait_for 60 has_source "$archive" tiny
                """)
        }

        @Test func whatIsNoKeyIsNotRegistered() async throws {
            let said = try await must(
                """
                refused person_ssh_key add alice "$ssh/alice"
                ssh-keygen -q -t rsa -b 1024 -N '' -f "$ssh/short"
                refused person_ssh_key add alice "$ssh/short.pub"
                refused person_ssh_key add alice - < <(echo '# mine'; echo "command=\\"sh\\" $(cat "$ssh/alice.pub")")
                refused person_ssh_key add nobody "$ssh/alice.pub"
                refused person_ssh_key add alice "$ssh/none.pub"
                """)
            for sentence in [
                "line 1: This is a private key: keep it to yourself", "line 1: RSA keys of 1024 bits are too weak",
                "-, line 2: Options stand before the key", "There is no person nobody.", "none.pub cannot be read",
            ] {
                #expect(said.contains(sentence), "\(sentence) is not in: \(said)")
            }
        }
    }
}
