internal import Foundation
internal import Gateway
internal import Testing

/// Real clients at the HTTP door: bytes on the disk, and what the exit status says.
@Suite(.timeLimit(.minutes(2))) struct HTTPClientTests {
    @Test(.enabled(if: Client.isInstalled("curl")), arguments: [true, false])
    func curl(_ isAccepted: Bool) async throws {
        try await upload(isAccepted: isAccepted) { upload, gateway in
            var last = Client.Run(isSuccess: false, output: "")
            for name in ClientTests.Upload.names + [ClientTests.Upload.changesName] {
                let url = "http://127.0.0.1:\(gateway.webPort)/~alice/debian/"
                last = try await Client.run("curl", ["-sS", "--fail-with-body", "-T", name, url], in: upload)
            }
            return last
        }
    }

    @Test(.enabled(if: Client.isInstalled("dput")), arguments: [true, false])
    func dput(_ isAccepted: Bool) async throws {
        try await upload(isAccepted: isAccepted, showsFindings: false) { upload, gateway in
            let configuration = """
                [test]
                fqdn = 127.0.0.1:\(gateway.webPort)
                method = http
                incoming = ~alice/debian
                login = *
                allow_unsigned_uploads = 1

                """
            try upload.folder.write(configuration, to: "dput.cf")
            return try await Client.run(
                "dput", ["-u", "-c", "dput.cf", "test", ClientTests.Upload.changesName], in: upload)
        }
    }

    @Test(.enabled(if: Client.isInstalled("dupload")), arguments: [true, false])
    func dupload(_ isAccepted: Bool) async throws {
        try await upload(isAccepted: isAccepted, showsFindings: false) { upload, gateway in
            let configuration = """
                package config;
                $cfg{'test'} = {
                    fqdn => "127.0.0.1:\(gateway.webPort)", method => "http", incoming => "/~alice/debian/",
                    nonus => 0, dinstall_runs => 1,
                };
                $preupload{'changes'} = [];
                1;

                """
            try upload.folder.write(configuration, to: "dupload.conf")
            return try await Client.run(
                "dupload", ["--nomail", "-c", "./dupload.conf", "-t", "test", ClientTests.Upload.changesName],
                in: upload)
        }
    }

    @Test(.enabled(if: Client.dputNG != nil), arguments: [true, false])
    func dputNG(_ isAccepted: Bool) async throws {
        try await upload(isAccepted: isAccepted) { upload, gateway in
            let root = try #require(Client.dputNG)
            let profile = Client.dputNGProfile(gateway.webPort).replacing(
                "\"method\": \"ftp\"", with: "\"method\": \"http\"")
            try upload.folder.write(profile, to: ".dput.d/profiles/test.json")
            try FileManager.default.createSymbolicLink(
                atPath: "\(upload.path)/skel", withDestinationPath: "\(root)/usr/share/dput-ng")
            return try await Client.run(
                "/usr/bin/python3", ["\(root)/usr/bin/dput", "-u", "test", ClientTests.Upload.changesName], in: upload,
                environment: ["PYTHONPATH": "\(root)/usr/lib/python3/dist-packages", "HOME": upload.path])
        }
    }

    /// Each file comes in a session of its own.
    private func upload(
        isAccepted: Bool, showsFindings: Bool = true,
        _ client: @escaping @Sendable (ClientTests.Upload, TestGateway) async throws -> Client.Run
    ) async throws {
        let upload = try ClientTests.Upload()
        let intake = isAccepted ? TestIntake() : TestIntake(ClientTests.rejectingAnswer)
        try await TestGateway.run(intake: intake) { gateway in
            let run = try await client(upload, gateway)
            #expect(run.isSuccess == isAccepted, "\(run.output)")
            if !isAccepted, showsFindings { #expect(run.output.contains("No signature was found."), "\(run.output)") }
            await gateway.stop()
            let landed = gateway.jail.files("landed")
            for name in ClientTests.Upload.names {
                let place = try #require(landed.first { $0.hasSuffix("/~alice/debian/\(name)") }, "\(landed)")
                #expect(gateway.jail.read("landed/\(place)") == "hello\n")
            }
        }
    }
}
