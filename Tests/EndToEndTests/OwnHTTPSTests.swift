import Testing

extension EndToEnd {
    @Suite struct OwnHTTPSTests {
        /// A service with a certificate and no web server in front, that takes nothing in clear.
        @Test func curlDelivers() async throws {
            let run = try await Bash.run(
                Bash.start + """
                    set -e
                    folder=$(mktemp -u /tmp/slipway-end-XXXXXX)
                    instance_make "$folder"
                    trap 'instance_stop; instance_remove "$folder"' EXIT
                    https=127.0.0.1:$(scripts/free-ports)
                    sed -i "s/^gateway: {/&listenHTTPS: [\\"$https\\"], requireTLS: true, /" "$config"
                    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=localhost \
                        -addext subjectAltName=IP:127.0.0.1 -keyout "$work/key.pem" -out "$work/certificate.pem" 2>&1
                    owner=; [ "$(id -u)" != 0 ] || owner='-o root -g slipway'
                    install $owner -m 640 "$work/key.pem" "$work/certificate.pem" "$instance/jail/tls/"
                    make_person alice Alice alice@example.org
                    instance_start
                    make_ppa '~alice/debian/tools'; mkdir "$work/tiny"; make_source "$work/tiny" tiny 1.0
                    for file in "$work"/tiny/*.dsc "$work"/tiny/*.tar.xz "$work"/tiny/*.changes; do
                        curl -sS --fail-with-body --cacert "$work/certificate.pem" -T "$file" "https://$https/~alice/debian/tools/"
                    done
                    wait_for 60 has_source '~alice/debian/tools' tiny
                    """)
            #expect(run.isSuccess, "\(run)")
            #expect(run.output.contains("Accepted: tiny 1.0 for ~alice/debian/tools bookworm."), "\(run)")
        }
    }
}
