internal import Foundation
internal import Gateway
internal import Testing

/// The clients of Debian 12 that speak FTPS. One that is not installed is not tried.
@Suite(.enabled(if: Client.isInstalled("openssl")), .timeLimit(.minutes(10))) struct TLSClientTests {
    typealias Upload = ClientTests.Upload

    static let names = Upload.names + [Upload.changesName]

    @Test(.enabled(if: Client.isInstalled("curl")), arguments: [true, false])
    func curl(_ isImplicit: Bool) async throws {
        try await SecureGateway.run {
            $0.isTLSRequired = true
        } _: { secure in
            let port = isImplicit ? secure.gateway.securePort : secure.gateway.port
            let url = "\(isImplicit ? "ftps" : "ftp")://127.0.0.1:\(port)/~alice/debian/"
            let files = Self.names.flatMap { ["-T", $0, url] }
            let options = ["-sS", "--ssl-reqd", "--cacert", "tls/certificate.pem"]
            let run = try await Client.run("curl", options + files, in: secure.upload)
            try #require(run.isSuccess, "\(run.output)")
            try await expectLanded(secure)
        }
    }

    @Test(
        .enabled(if: Client.isInstalled("lftp")),
        arguments: ["set ftp:ssl-force yes; open ftp://", "open ftps://", "set ftp:ssl-allow no; open ftp://"])
    func lftp(_ opening: String) async throws {
        try await SecureGateway.run { secure in
            let port = opening.contains("ftps:") ? secure.gateway.securePort : secure.gateway.port
            let script = """
                set ssl:ca-file tls/certificate.pem; set ftp:ssl-protect-data yes; \(opening)127.0.0.1:\(port);
                cd ~alice/debian; mput \(Self.names.joined(separator: " "))
                """
            let run = try await Client.run("lftp", ["--norc", "-c", script], in: secure.upload)
            try #require(run.isSuccess, "\(run.output)")
            try await expectLanded(secure)
        }
    }

    @Test(.enabled(if: Client.isInstalled("python3"))) func ftplib() async throws {
        try await SecureGateway.run {
            $0.isTLSRequired = true
        } _: { secure in
            try await secure.python(
                """
                ftp = log_in()
                for name in \(Self.names):
                    print(ftp.storbinary('STOR ' + name, open(name, 'rb')))
                ftp.quit()
                """)
            try await expectLanded(secure)
        }
    }

    @Test(.enabled(if: Client.dputNG != nil)) func dputNG() async throws {
        try await SecureGateway.run {
            $0.isTLSRequired = true
        } _: { secure in
            let run = try await dputNG("ftps", secure)
            try #require(run.isSuccess, "\(run.output)")
            try await expectLanded(secure)
        }
    }

    @Test(.enabled(if: Client.dputNG != nil)) func dputNGIsToldThatTLSIsRequired() async throws {
        try await SecureGateway.run {
            $0.isTLSRequired = true
        } _: { secure in
            let run = try await dputNG("ftp", secure)
            #expect(!run.isSuccess)
            #expect(run.output.contains("AUTH TLS first (dput-ng: method ftps)"))
        }
    }

    @Test(.enabled(if: Client.isInstalled("dput"))) func dputStopsWhereTLSIsRequired() async throws {
        try await SecureGateway.run {
            $0.isTLSRequired = true
        } _: { secure in
            try secure.upload.folder.write(Client.dputConfiguration(secure.gateway.port), to: "dput.cf")
            let arguments = ["-u", "-c", "dput.cf", "test", Upload.changesName]
            let run = try await Client.run("dput", arguments, in: secure.upload)
            #expect(!run.isSuccess)
        }
    }

    private func dputNG(_ method: String, _ secure: SecureGateway) async throws -> Client.Run {
        let (root, upload) = (try #require(Client.dputNG), secure.upload)
        let profile = Client.dputNGProfile(secure.gateway.port).replacing("\"ftp\"", with: "\"\(method)\"")
        try upload.folder.write(profile, to: ".dput.d/profiles/test.json")
        try FileManager.default.createSymbolicLink(
            atPath: "\(upload.path)/skel", withDestinationPath: "\(root)/usr/share/dput-ng")
        let environment = ["PYTHONPATH": "\(root)/usr/lib/python3/dist-packages"]
        let arguments = ["\(root)/usr/bin/dput", "-u", "test", Upload.changesName]
        return try await Client.run("/usr/bin/python3", arguments, in: upload, environment: environment)
    }

    /// All files, whether they came in one session or in one each.
    private func expectLanded(_ secure: SecureGateway) async throws {
        var found: Set<String> = []
        while found.count < Self.names.count { found.formUnion(await secure.landed()) }
        #expect(found == Set(Self.names.map { "~alice/debian/\($0)" }))
    }
}
