internal import ArchiveModel
internal import Foundation
internal import Gateway
internal import Subprocess
internal import SystemPackage
internal import Testing

/// OpenSSH's sshd and the clients of Debian 12, for real.
@Suite(.enabled(if: TestSSH.isPossible), .timeLimit(.minutes(10))) struct SFTPTests {
    private static let names = ClientTests.Upload.names + [ClientTests.Upload.changesName]

    /// Of its own for each test, which waits for what lands in its jail.
    private static func rejecting() -> TestIntake {
        TestIntake { request in
            guard case .judge = request else { return TestIntake.friendly(request) }
            return .verdict(.init(outcome: .rejected, lines: ["No signature was found.", "Sign it with debsign."]))
        }
    }

    @Test func sftpBringsFilesByteByByte() async throws {
        let upload = try ClientTests.Upload()
        let bytes = Data((0..<3_000_001).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 9) })
        try bytes.write(to: URL(filePath: "\(upload.path)/big_1.0.orig.tar.xz"))
        try await TestSSH.run { ssh in
            let run = try await ssh.sftp(
                "cd ~alice/debian\nput big_1.0.orig.tar.xz\nput \(ClientTests.Upload.changesName)\nls",
                in: upload.folder.path)
            try #require(run.isSuccess, "\(run.output)")
            #expect(run.output.contains("Accepted: \(ClientTests.Upload.changesName)"))
            let session = await ssh.intake.nextLanding()
            #expect(ssh.jail.files("landed/\(session)").count == 2)
            let place = "\(ssh.jail.path)/landed/\(session)/~alice/debian/big_1.0.orig.tar.xz"
            #expect(FileManager.default.contents(atPath: place) == bytes)
            #expect(try ssh.jail.permissions("landed/\(session)/~alice/debian/big_1.0.orig.tar.xz") == 0o660)
            #expect(ssh.jail.tree("incoming") == [])
        }
    }

    /// As sshd says it, and beside nothing but commands.
    @Test(arguments: [("a.commands", "127.0.0.1"), ("a.dak-commands", "127.0.0.1"), ("a.dsc", nil)])
    func theAddressIsKeptWithCommands(_ name: String, _ address: String?) async throws {
        let upload = try ClientTests.Upload()
        try upload.folder.write("Archive: ppa.example.org", to: name)
        try await TestSSH.run { ssh in
            let run = try await ssh.sftp("put \(name) ~alice/debian/", in: upload.folder.path)
            try #require(run.isSuccess, "\(run.output)")
            let session = await ssh.intake.nextLanding()
            #expect(ssh.jail.read("landed/\(session)/.client") == address)
        }
    }

    @Test func scp() async throws {
        let upload = try ClientTests.Upload()
        try await TestSSH.run { ssh in
            let arguments = ssh.settings + ["-p"] + Self.names + ["127.0.0.1:~alice/debian"]
            let run = try await Client.run("scp", arguments, in: upload)
            try #require(run.isSuccess, "\(run.output)")
            try await expectLanded(ssh)
            let old = try await Client.run("scp", ["-O"] + arguments, in: upload)
            #expect(!old.isSuccess)
            #expect(old.output.contains("use scp without -O"))
        }
    }

    /// OpenSSH's clients show no text of a failure; standard error they do, where sftp asks for a command.
    @Test func aRefusalIsSeenAtTheTerminal() async throws {
        let upload = try ClientTests.Upload()
        try await TestSSH.run(intake: Self.rejecting()) { ssh in
            let changes = ClientTests.Upload.changesName
            let run = try await ssh.sftp("put \(changes) ~alice/debian/", in: upload.folder.path)
            #expect(!run.isSuccess)
            #expect(run.output.contains("No signature was found.\nSign it with debsign."), "\(run.output)")
            let unknown = try await ssh.sftp("cd ~bob/debian", in: upload.folder.path)
            #expect(!unknown.isSuccess)
            #expect(unknown.output.contains("There is no such person."), "\(unknown.output)")
            for target in ["~alice/debian/", "~bob/debian/"] {
                let copy = try await Client.run("scp", ssh.settings + [changes, "127.0.0.1:\(target)"], in: upload)
                #expect(!copy.isSuccess)
            }
        }
    }

    @Test(.enabled(if: Client.isInstalled("dput"))) func dputByScp() async throws {
        let upload = try ClientTests.Upload()
        // Makes dput call "ssh host chmod 0644 …" afterwards.
        chmod("\(upload.path)/\(ClientTests.Upload.names[0])", 0o600)
        try await TestSSH.run { ssh in
            let settings = """
                [test]
                fqdn = 127.0.0.1
                method = scp
                login = \(TestSSH.user)
                incoming = ~alice/debian
                allow_unsigned_uploads = 1
                ssh_config_options =
                    Port \(ssh.port)
                    IdentityFile \(ssh.folder.path)/user
                    UserKnownHostsFile \(ssh.folder.path)/.ssh/known_hosts

                """
            try upload.folder.write(settings, to: "dput.cf")
            let run = try await Client.run(
                "dput", ["-u", "-c", "dput.cf", "test", ClientTests.Upload.changesName], in: upload)
            try #require(run.isSuccess, "\(run.output)")
            try await expectLanded(ssh)
        }
    }

    @Test(.enabled(if: Client.dputNG != nil), arguments: [false, true])
    func dputNGBySFTP(_ isRejected: Bool) async throws {
        let upload = try ClientTests.Upload()
        let root = try #require(Client.dputNG)
        try await TestSSH.run(intake: isRejected ? Self.rejecting() : TestIntake()) { ssh in
            let home = ssh.folder
            let profile = """
                {"fqdn": "127.0.0.1", "port": \(ssh.port), "method": "sftp", "incoming": "~alice/debian",
                 "login": "\(TestSSH.user)", "sftp": {"confirm_upload": true}, "allow_unsigned_uploads": true,
                 "hooks": [], "allowed-distribution": {}, "meta": "boring", "full_upload_log": false,
                 "default_host_main": "test", "interface": "cli", "run_lintian": false, "hash": "sha1",
                 "scp_compress": false}

                """
            try home.write(profile, to: ".dput.d/profiles/test.json")
            try FileManager.default.createSymbolicLink(
                atPath: "\(upload.path)/skel", withDestinationPath: "\(root)/usr/share/dput-ng")
            let environment = ["PYTHONPATH": "\(root)/usr/lib/python3/dist-packages", "HOME": home.path.string]
            let run = try await Client.run(
                "/usr/bin/python3", ["\(root)/usr/bin/dput", "-u", "test", ClientTests.Upload.changesName], in: upload,
                environment: environment)
            #expect(run.isSuccess != isRejected, "\(run.output)")
            #expect(run.output.contains("No signature was found.") == isRejected, "\(run.output)")
            try await expectLanded(ssh)
        }
    }

    @Test func noIntakeIsNoReasonToRefuse() async throws {
        let upload = try ClientTests.Upload()
        try await TestSSH.run(intake: nil) { ssh in
            let run = try await Client.run(
                "scp", ssh.settings + Self.names + ["127.0.0.1:~alice/debian"], in: upload)
            try #require(run.isSuccess, "\(run.output)")
            #expect(ssh.jail.files("landed").count == 3)
        }
    }

    @Test func whatIsCutOffIsDropped() async throws {
        let upload = try ClientTests.Upload()
        try await TestSSH.run { ssh in
            let script = """
                import os, paramiko
                config = paramiko.SSHConfig(); config.parse(open('\(ssh.folder.path)/ssh_config'))
                client = paramiko.SSHClient(); client.load_host_keys('\(ssh.folder.path)/.ssh/known_hosts')
                client.connect('127.0.0.1', \(ssh.port), '\(TestSSH.user)', key_filename='\(ssh.folder.path)/user')
                sftp = client.open_sftp()
                sftp.put('\(ClientTests.Upload.names[0])', '~alice/debian/whole.deb')
                half = sftp.open('~alice/debian/half.deb', 'wb')
                half.write(b'half'); half.flush()
                print(sftp.listdir('~alice/debian'))
                os._exit(0)
                """
            let run = try await Client.run("/usr/bin/python3", ["-c", script], in: upload)
            try #require(run.isSuccess, "\(run.output)")
            #expect(run.output.contains("whole.deb") && !run.output.contains("half.deb"))
            let session = await ssh.intake.nextLanding()
            #expect(ssh.jail.files("landed/\(session)") == ["~alice/debian/whole.deb"])
        }
    }

    @Test(arguments: [
        "put hello_1.0_all.deb /etc/x.deb", "put hello_1.0_all.deb ../../x.deb", "get /etc/passwd", "mkdir /tmp/x",
        "ln -s /etc/passwd ~alice/debian/x", "ln ~alice/debian/x ~alice/debian/y", "put hello_1.0_all.deb .ssh/x.deb",
        "rename /etc/passwd ~alice/debian/x.deb", "rm /etc/passwd", "rmdir incoming", "ls /etc", "ls ../landed",
        "put hello_1.0_all.deb ~alice/debian/.part-1",
    ])
    func nobodyGetsOut(_ command: String) async throws {
        let upload = try ClientTests.Upload()
        try await TestSSH.run { ssh in
            let run = try await ssh.sftp(command, in: upload.folder.path)
            #expect(!run.isSuccess, "\(run.output)")
            #expect(ssh.jail.files("landed") == [])
            #expect(ssh.jail.tree("incoming") == [])
        }
    }

    @Test func noCommandIsRunAndNoShellGiven() async throws {
        let upload = try ClientTests.Upload()
        try await TestSSH.run { ssh in
            for command in ["id", "sh -c id", "rsync --server . .", ""] {
                let words = command.isEmpty ? [] : [command]
                let run = try await Client.run("ssh", ssh.settings + ["127.0.0.1"] + words, in: upload)
                #expect(!run.isSuccess)
                #expect(run.output.contains("upload with dput, scp or sftp"), "\(run.output)")
            }
            let tidy = try await Client.run(
                "ssh", ssh.settings + ["127.0.0.1", "chmod", "0644", "'~alice/debian/a.dsc'"], in: upload)
            #expect(tidy.isSuccess || tidy.output.contains("No such command"), "\(tidy.output)")
        }
    }

    @Test func limitsHold() async throws {
        let upload = try ClientTests.Upload()
        try Data(count: 2 << 20).write(to: URL(filePath: "\(upload.path)/big.deb"))
        try await TestSSH.run(options: ["--file-size", "1"]) { ssh in
            try ssh.makeMetricsFolder()
            let run = try await ssh.sftp("put big.deb ~alice/debian/", in: upload.folder.path)
            #expect(!run.isSuccess)
            #expect(run.output.contains("larger than 1048576 bytes"), "\(run.output)")
            #expect(ssh.jail.tree("landed") == [])
            let metrics = try #require(ssh.jail.read("metrics/slipway-sftp.prom"))
            let counted = #"slipway_gateway_refusals_total{door="sftp",reason="file-size"} 1"#
            #expect(metrics.contains("\(counted)\n"), "\(metrics)")
        }
        try await TestSSH.run(options: ["--free-space", "\(1 << 30)"]) { ssh in
            let run = try await ssh.sftp("put big.deb ~alice/debian/", in: upload.folder.path)
            #expect(!run.isSuccess)
            #expect(run.output.contains("No room is left here"), "\(run.output)")
        }
    }

    /// The client stays, and would go on sending.
    @Test func whatIsNotSFTPEndsTheSession() async throws {
        let upload = try ClientTests.Upload()
        try await TestSSH.run { ssh in
            let script = """
                import subprocess
                command = ['ssh', '-F', '\(ssh.folder.path)/ssh_config', '127.0.0.1', '-s', 'sftp']
                ssh = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
                ssh.stdin.write(b'\\xff' * 4096)
                ssh.stdin.flush()
                print('ended', ssh.wait(60))
                """
            let run = try await Client.run("/usr/bin/python3", ["-c", script], in: upload)
            #expect(run.output.contains("ended 0"), "\(run.output)")
        }
    }

    /// As many at once as sshd lets log in without a question.
    @Test func sessionsAddUpInTheMetrics() async throws {
        let count = 8
        let upload = try ClientTests.Upload()
        try await TestSSH.run { ssh in
            try ssh.makeMetricsFolder()
            try ssh.jail.write("left by a crash", to: "metrics/.slipway-sftp.new")
            try await withThrowingDiscardingTaskGroup { sessions in
                for _ in 0..<count {
                    sessions.addTask {
                        let run = try await Client.run(
                            "scp", ssh.settings + Self.names + ["127.0.0.1:~alice/debian"], in: upload)
                        try #require(run.isSuccess, "\(run.output)")
                    }
                }
            }
            let text = try #require(ssh.jail.read("metrics/slipway-sftp.prom"))
            for line in [
                #"slipway_gateway_sessions_total{door="sftp",ended="quit"} \#(count)"#,
                #"slipway_gateway_files_total{door="sftp"} \#(count * Self.names.count)"#,
                #"slipway_gateway_verdicts_total{door="sftp",outcome="accepted"} \#(count)"#,
                #"slipway_gateway_verdict_seconds_count{door="sftp"} \#(count)"#,
            ] {
                #expect(text.contains(line + "\n"), "\(line)\n\(text)")
            }
            #expect(try ssh.jail.permissions("metrics/slipway-sftp.prom") == 0o644)
        }
    }

    private func expectLanded(_ ssh: TestSSH) async throws {
        let session = await ssh.intake.nextLanding()
        #expect(ssh.jail.files("landed/\(session)") == Self.names.map { "~alice/debian/\($0)" })
        #expect(ssh.jail.read("landed/\(session)/~alice/debian/\(Self.names[0])") == "hello\n")
    }
}

extension TestSSH {
    /// As `slipway init` does; the session may run as another user.
    fileprivate func makeMetricsFolder() throws {
        let folder = jail.path.appending("metrics").string
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        chmod(folder, 0o777)
    }
}
