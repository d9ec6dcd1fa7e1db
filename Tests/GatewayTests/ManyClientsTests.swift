internal import Foundation
internal import Gateway
internal import Testing

/// What Debian's other FTP clients send, in passive and active mode, accepted and refused.
@Suite(.timeLimit(.minutes(10))) struct ManyClientsTests {
    typealias Upload = ClientTests.Upload

    private static let files = Upload.names + [Upload.changesName]

    @Test(.enabled(if: Client.isInstalled("ncftpput")), arguments: [true, false])
    func ncftp(_ isAccepted: Bool) async throws {
        try await upload(isAccepted: isAccepted) { upload, gateway in
            let options = ["-V", "-P", "\(gateway.port)", "-u", "anonymous", "-p", "x", "127.0.0.1", "/~alice/debian"]
            return try await Client.run("ncftpput", options + Self.files, in: upload)
        }
    }

    /// Its exit status is that of the last command: 0 in this form, whatever was said.
    @Test(.enabled(if: Client.isInstalled("tnftp"))) func tnftp() async throws {
        try await upload { upload, gateway in
            let url = "ftp://127.0.0.1:\(gateway.port)/~alice/debian/"
            var last = Client.Run(isSuccess: false, output: "")
            for file in Self.files { last = try await Client.run("tnftp", ["-V", "-u", url + file, file], in: upload) }
            return last
        }
    }

    /// It puts the whole path into STOR.
    @Test(.enabled(if: Client.isInstalled("busybox")), arguments: [true, false])
    func busybox(_ isAccepted: Bool) async throws {
        try await upload(isAccepted: isAccepted) { upload, gateway in
            var last = Client.Run(isSuccess: false, output: "")
            for file in Self.files {
                let arguments = ["ftpput", "-P", "\(gateway.port)", "127.0.0.1", "/~alice/debian/\(file)", file]
                last = try await Client.run("busybox", arguments, in: upload)
            }
            return last
        }
    }

    @Test(.enabled(if: Client.isInstalled("curl")), arguments: ["nocwd", "singlecwd", "multicwd"], [true, false])
    func curl(_ method: String, _ isAccepted: Bool) async throws {
        try await upload(isAccepted: isAccepted) { upload, gateway in
            let url = "ftp://127.0.0.1:\(gateway.port)/~alice/debian/"
            var last = Client.Run(isSuccess: false, output: "")
            for file in Self.files {
                last = try await Client.run("curl", ["-sS", "--ftp-method", method, "-T", file, url], in: upload)
            }
            return last
        }
    }

    @Test(.enabled(if: Client.isInstalled("curl"))) func curlInActiveMode() async throws {
        try await upload { upload, gateway in
            let url = "ftp://127.0.0.1:\(gateway.port)/~alice/debian/"
            var last = Client.Run(isSuccess: false, output: "")
            for (file, way) in zip(Self.files, ["--eprt", "--disable-eprt", "--eprt"]) {
                last = try await Client.run("curl", ["-sS", "-P", "-", way, "-T", file, url], in: upload)
            }
            return last
        }
    }

    @Test(.enabled(if: Client.isInstalled("dput")), arguments: [true, false])
    func dputInActiveMode(_ isAccepted: Bool) async throws {
        try await upload(isAccepted: isAccepted) { upload, gateway in
            let configuration = Client.dputConfiguration(gateway.port)
                .replacing("passive_ftp = 1", with: "passive_ftp = 0")
            try upload.folder.write(configuration, to: "dput.cf")
            return try await Client.run("dput", ["-u", "-c", "dput.cf", "test", Upload.changesName], in: upload)
        }
    }

    @Test(.enabled(if: Client.isInstalled("dupload")), arguments: [0, 1], [true, false])
    func dupload(_ passive: Int, _ isAccepted: Bool) async throws {
        try await upload(isAccepted: isAccepted) { upload, gateway in
            let configuration = Client.duploadConfiguration(gateway.port)
                .replacing("passive => 1", with: "passive => \(passive)")
            try upload.folder.write(configuration, to: "dupload.conf")
            let arguments = ["--nomail", "-c", "./dupload.conf", "-t", "test", Upload.changesName]
            return try await Client.run("dupload", arguments, in: upload)
        }
    }

    @Test(.enabled(if: Client.dputNG != nil)) func dputNGIsRefused() async throws {
        try await upload(isAccepted: false) { upload, gateway in
            let root = try #require(Client.dputNG)
            try upload.folder.write(Client.dputNGProfile(gateway.port), to: ".dput.d/profiles/test.json")
            try FileManager.default.createSymbolicLink(
                atPath: "\(upload.path)/skel", withDestinationPath: "\(root)/usr/share/dput-ng")
            return try await Client.run(
                "/usr/bin/python3", ["\(root)/usr/bin/dput", "-u", "test", Upload.changesName], in: upload,
                environment: ["PYTHONPATH": "\(root)/usr/lib/python3/dist-packages", "HOME": upload.path])
        }
    }

    @Test(.enabled(if: Client.isInstalled("lftp"))) func lftpIsRefused() async throws {
        try await upload(isAccepted: false) { upload, gateway in
            let script =
                "set net:max-retries 1; set net:reconnect-interval-base 1; "
                + "open ftp://127.0.0.1:\(gateway.port); cd ~alice/debian; mput \(Self.files.joined(separator: " "))"
            return try await Client.run("lftp", ["--norc", "-c", script], in: upload)
        }
    }

    /// A file whose first half came in a transfer cut short, then went on with: the clients' `reput`.
    @Test(.enabled(if: Client.isInstalled("python3"))) func ftplibContinues() async throws {
        try await upload { upload, gateway in
            let script = """
                import ftplib, io
                ftp = ftplib.FTP()
                ftp.connect('127.0.0.1', \(gateway.port), timeout=20)
                ftp.login()
                ftp.cwd('~alice/debian')
                for name in \(Self.files):
                    text = open(name, 'rb').read()
                    ftp.storbinary('STOR ' + name, io.BytesIO(text[:4] + b'wrong'))
                    assert ftp.size(name) == 9, ftp.size(name)
                    ftp.storbinary('STOR ' + name, io.BytesIO(text[4:]), rest=4)
                print(ftp.nlst(), list(ftp.mlsd()))
                assert sorted(ftp.nlst()) == sorted(\(Self.files)), ftp.nlst()
                ftp.quit()
                """
            return try await Client.run("/usr/bin/python3", ["-c", script], in: upload)
        }
    }

    /// Every file has to be on the disk, byte for byte, also when its upload is rejected in the end.
    private func upload(
        isAccepted: Bool = true,
        _ client: @escaping @Sendable (Upload, TestGateway) async throws -> Client.Run
    ) async throws {
        let upload = try Upload()
        let intake = isAccepted ? TestIntake() : TestIntake(ClientTests.rejectingAnswer)
        try await TestGateway.run(intake: intake) {
            $0.offersActiveMode = true
        } _: { gateway in
            let run = try await client(upload, gateway)
            #expect(run.isSuccess == isAccepted, "\(run.output)")
            try await gateway.untilHandedOver()
            let landed = gateway.jail.files("landed")
            for name in Self.files {
                let place = landed.first { $0.hasSuffix("/~alice/debian/\(name)") }
                // dupload and ncftpput remove what was refused, or all of it.
                guard let place else {
                    #expect(!isAccepted, "\(name) is not there: \(landed)")
                    continue
                }
                #expect(gateway.jail.read("landed/\(place)") == upload.folder.read(name))
            }
        }
    }
}
