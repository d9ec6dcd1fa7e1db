internal import Foundation
internal import Gateway
internal import Logging
internal import SystemPackage
internal import Testing

/// What protects a session over real sockets, and what a client may not do to it.
@Suite(.enabled(if: Client.isInstalled("openssl") && Client.isInstalled("python3")), .timeLimit(.minutes(10)))
struct TLSTests {
    struct Path: CustomTestStringConvertible, Sendable {
        let host: String
        let version: String
        var testDescription: String { "\(host) \(version)" }
    }

    @Test(
        arguments: ["127.0.0.1", "::1"].flatMap { host in ["TLSv1_2", "TLSv1_3"].map { Path(host: host, version: $0) } }
    )
    func filesArriveWhole(_ path: Path) async throws {
        try await SecureGateway.run(host: path.host.contains(":") ? "[\(path.host)]" : path.host) { secure in
            try await secure.python(
                """
                trust.minimum_version = trust.maximum_version = ssl.TLSVersion.\(path.version)
                ftp = log_in()
                ftp.storbinary('STOR big', io.BytesIO(b'0123456789abcdef' * (1 << 18)))
                ftp.storbinary('STOR empty', io.BytesIO(b''))
                ftp.quit()
                """, host: path.host)
            let session = await secure.gateway.intake.nextLanding()
            let place = "landed/\(session)/~alice/debian"
            let big = secure.gateway.jail.read("\(place)/big")
            #expect(big == String(repeating: "0123456789abcdef", count: 1 << 18))
            #expect(secure.gateway.jail.read("\(place)/empty") == "")
        }
    }

    /// CVE-2011-0411 and its like: somebody in between puts commands before the client's handshake.
    @Test func whatIsInjectedBeforeTheHandshakeIsNotCarriedOut() async throws {
        try await SecureGateway.run { secure in
            let output = try await secure.python(
                """
                clear = socket.create_connection((host, port))
                lines = clear.makefile('rb')
                lines.readline()
                clear.sendall(b'AUTH TLS\\r\\nUSER injected\\r\\nCWD ~alice/debian\\r\\nSTOR injected\\r\\nPWD')
                assert lines.readline().startswith(b'234 ')
                secured = trust.wrap_socket(clear, server_hostname=host)
                secured.sendall(b'NOOP\\r\\nPWD\\r\\n')
                for line in [1, 2]: print(secured.makefile('r').readline())
                """)
            #expect(output.split(separator: "\n").map { $0.prefix(4) } == ["200 ", "530 "])
        }
    }

    @Test func whatIsInjectedLaterBreaksTheHandshake() async throws {
        try await SecureGateway.run { secure in
            try await secure.python(
                """
                clear = socket.create_connection((host, port))
                lines = clear.makefile('rb')
                lines.readline()
                clear.sendall(b'AUTH TLS\\r\\n')
                assert lines.readline().startswith(b'234 ')
                clear.sendall(b'USER injected\\r\\n')
                answer = refusal(lambda: trust.wrap_socket(clear, server_hostname=host))
                assert not answer.startswith('no refusal'), answer
                """)
        }
    }

    /// A stranger can end a TCP connection, but cannot say that the file is whole.
    @Test(arguments: ["TLSv1_2", "TLSv1_3"]) func aFileWithoutItsEndIsNotKept(_ version: String) async throws {
        try await SecureGateway.run { secure in
            let output = try await secure.python(
                """
                trust.minimum_version = trust.maximum_version = ssl.TLSVersion.\(version)
                ftp = log_in()
                ftp.storbinary('STOR whole', io.BytesIO(b'whole'))
                data = ftp.transfercmd('STOR half')
                data.sendall(b'half')
                data.shutdown(socket.SHUT_WR)
                print(refusal(ftp.voidresp))
                ftp.storbinary('STOR after', io.BytesIO(b'after'))
                """)
            #expect(output.hasPrefix("426 "))
            #expect(await secure.landed() == ["~alice/debian/after", "~alice/debian/whole"])
        }
    }

    @Test func aFileCutShortIsContinued() async throws {
        try await SecureGateway.run { secure in
            let output = try await secure.python(
                """
                ftp = log_in()
                data = ftp.transfercmd('STOR file')
                data.sendall(b'half, ')
                data.shutdown(socket.SHUT_WR)
                print(refusal(ftp.voidresp))
                ftp.voidcmd('TYPE I')
                at = ftp.size('file')
                print(ftp.storbinary('STOR file', io.BytesIO(b'whole'), rest=at))
                """)
            #expect(output.split(separator: "\n").map { $0.prefix(4) } == ["426 ", "226 "])
            let session = await secure.gateway.intake.nextLanding()
            #expect(secure.gateway.jail.read("landed/\(session)/~alice/debian/file") == "half, whole")
        }
    }

    /// A handshake drawn out would hold a place that others need, and cost more than the session.
    @Test func whoeverIsTurnedAwayGetsNoHandshake() async throws {
        try await SecureGateway.run {
            $0.sessionLimit = 1
            $0.handshakeTimeout = .seconds(3600)
        } _: { secure in
            try await secure.python(
                """
                import select
                silent = [socket.create_connection((host, secure_port)) for _ in range(3)]
                while len(silent) > 1:
                    closed = select.select(silent, [], [], 60)[0]
                    assert closed
                    for late in closed:
                        assert late.recv(1) == b''
                        silent.remove(late)
                silent[0].close()
                def greeting():
                    with socket.create_connection((host, port), 60) as client: return client.recv(4)
                while greeting() != b'220 ': pass
                """)
        }
    }

    @Test(arguments: [true, false]) func listingsAreEncryptedToo(_ isPassive: Bool) async throws {
        try await SecureGateway.run {
            $0.isTLSRequired = true
            $0.offersActiveMode = true
        } _: { secure in
            let output = try await secure.python(
                """
                ftp = log_in()
                ftp.set_pasv(\(isPassive ? "True" : "False"))
                ftp.storbinary('STOR file', io.BytesIO(b'0123456789'))
                ftp.retrlines('NLST')
                """)
            #expect(output == "file\n")
        }
    }

    @Test func aDataConnectionInClearIsNoTransfer() async throws {
        try await SecureGateway.run { secure in
            let output = try await secure.python(
                """
                ftp = log_in()
                data, _ = ftplib.FTP.ntransfercmd(ftp, 'STOR clear')
                data.sendall(b'in clear, and long enough for a record')
                data.shutdown(socket.SHUT_WR)
                print(refusal(ftp.voidresp))
                """)
            #expect(output.hasPrefix("426 "))
        }
    }

    @Test func aFileThatIsTooLargeEndsWhileItIsSent() async throws {
        try await SecureGateway.run {
            $0.fileSizeLimit = 10
        } _: { secure in
            let output = try await secure.python(
                """
                ftp = log_in()
                data = ftp.transfercmd('STOR big')
                try:
                    while True: data.sendall(b'x' * 65536)
                except OSError: pass
                print(refusal(ftp.voidresp))
                """)
            #expect(output.hasPrefix("452 "))
        }
    }

    @Test func aSessionMayBeResumedForData() async throws {
        try await SecureGateway.run { secure in
            let output = try await secure.python(
                """
                class Resuming(ftplib.FTP_TLS):
                    def ntransfercmd(self, command, rest=None):
                        data, size = ftplib.FTP.ntransfercmd(self, command, rest)
                        data = self.context.wrap_socket(data, server_hostname=self.host, session=self.sock.session)
                        print('resumed', data.session_reused)
                        return data, size
                for version in [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3]:
                    trust.minimum_version = ssl.TLSVersion.TLSv1_2
                    trust.maximum_version = version
                    log_in(Resuming(context=trust)).storbinary('STOR a', io.BytesIO(b'a'))
                """)
            #expect(output == "resumed True\nresumed True\n")
        }
    }

    @Test func oldVersionsAreRefused() async throws {
        try await SecureGateway.run { secure in
            let output = try await secure.python(
                """
                trust.set_ciphers('ALL:@SECLEVEL=0')
                trust.minimum_version = ssl.TLSVersion.TLSv1
                trust.maximum_version = ssl.TLSVersion.TLSv1_1
                print(refusal(connect))
                """)
            #expect(output.contains("SSL"))
            #expect(!output.contains("no refusal"))
        }
    }

    @Test func aClientThatNeverShakesHandsIsSentAway() async throws {
        try await SecureGateway.run {
            $0.handshakeTimeout = .milliseconds(100)
        } _: { secure in
            try await secure.python(
                """
                silent = socket.create_connection((host, secure_port))
                assert silent.recv(1) == b''
                silent = socket.create_connection((host, port))
                silent.sendall(b'AUTH TLS\\r\\n')
                while silent.recv(1000): pass
                """)
        }
    }

    @Test func nothingIsTakenInClearWhereTLSIsRequired() async throws {
        try await SecureGateway.run {
            $0.isTLSRequired = true
        } _: { secure in
            let output = try await secure.python(
                """
                plain = ftplib.FTP()
                plain.connect(host, port, timeout=20)
                print(refusal(plain.login))
                ftp = connect()
                ftp.login('anonymous', 'x', secure=False)
                ftp.cwd('~alice/debian')
                print(refusal(ftp.storbinary, 'STOR a', io.BytesIO(b'a')))
                ftp.prot_p()
                print(ftp.storbinary('STOR a', io.BytesIO(b'a')))
                """)
            #expect(output.split(separator: "\n").map { $0.prefix(4) } == ["530 ", "450 ", "226 "])
        }
    }

    @Test func theCertificateIsReadAgain() async throws {
        try await SecureGateway.run { secure in
            let shown = "print(ssl.get_server_certificate((host, secure_port)))"
            let files = secure.upload.folder
            #expect(try await secure.python(shown).contains(try #require(files.read("tls/certificate.pem"))))
            _ = try await TestCertificate.make(in: files)
            let new = try #require(files.read("tls/certificate.pem"))
            #expect(try await !secure.python(shown).contains(new))
            secure.certificates.reload()
            #expect(try await secure.python(shown).contains(new))
            try files.write("no certificate", to: "tls/certificate.pem")
            secure.certificates.reload()
            try files.write(new, to: "tls/certificate.pem")
            #expect(try await secure.python(shown).contains(new))
        }
    }

    @Test func certificateAndKeyHaveToBelongTogether() async throws {
        let (one, other) = (try TestJail(), try TestJail())
        let (files, others) = (try await TestCertificate.make(in: one), try await TestCertificate.make(in: other))
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let mixed = TLSCertificates.Files(certificate: files.certificate, key: others.key)
        #expect(throws: TLSMistake.self) { try TLSCertificates(mixed, logger: logger) }
        let missing = TLSCertificates.Files(certificate: files.certificate, key: "/no/such/key")
        #expect(throws: TLSMistake.self) { try TLSCertificates(missing, logger: logger) }
    }
}
