internal import Foundation
internal import Gateway
internal import SystemPackage
internal import Testing

/// TLS in the program itself, locked in: randomness without /dev, and the certificate beneath the walls.
@Suite(.enabled(if: Client.isInstalled("openssl") && Client.isInstalled("python3")), .timeLimit(.minutes(10)))
struct TLSWallTests {

    @Test func receivesWithinItsWallsAndReadsItsCertificateAgain() async throws {
        let jail = try ProgramJail()
        let upload = try ClientTests.Upload()
        try await makeCertificate(for: jail, upload)
        try await jail.serve { program in
            try await SecureGateway.python(
                "log_in().storbinary('STOR a.dsc', io.BytesIO(b'one'))", port: program.port, in: upload)
            let former = try #require(upload.folder.read("tls/certificate.pem"))
            try await makeCertificate(for: jail, upload)
            let new = try #require(upload.folder.read("tls/certificate.pem"))
            #expect(kill(program.identifier, SIGHUP) == 0)
            while try await show(former, program, upload) {}
            try upload.folder.write(new, to: "tls/certificate.pem")
            #expect(try await show(new, program, upload))
            try await program.closeInput()
        }
        #expect(jail.folder.files("landed").count == 1)
    }

    @Test func aCertificateThatIsNotThereIsToldAtTheStart() async throws {
        let jail = try ProgramJail()
        let run = try await jail.run(["--listen", "127.0.0.1:0", "--require-tls"])
        #expect(!run.isSuccess)
        #expect(run.output.contains("TLS: tls/certificate.pem and tls/key.pem"), "\(run.output)")
    }

    @Test(arguments: ["/etc/ssl/key.pem", "key.pem", "../key.pem", "tls/../../key.pem"])
    func theKeyIsInAFolderOfTheJail(_ path: String) async throws {
        let run = try await ProgramJail().run(["--listen", "127.0.0.1:0", "--tls-key", path])
        #expect(!run.isSuccess)
        #expect(run.output.contains("is not a file in a folder of the jail"), "\(run.output)")
    }

    /// Whether a client that trusts nothing but this certificate comes in.
    private func show(
        _ certificate: String, _ program: RunningProgram, _ upload: ClientTests.Upload
    ) async throws -> Bool {
        try upload.folder.write(certificate, to: "tls/certificate.pem")
        let output = try await SecureGateway.python("print(refusal(connect))", port: program.port, in: upload)
        return output.contains("no refusal")
    }

    private func makeCertificate(for jail: ProgramJail, _ upload: ClientTests.Upload) async throws {
        let files = try await TestCertificate.make(in: jail.folder)
        for path in [files.certificate.string, files.key.string] { chmod(path, 0o644) }
        let text = try #require(jail.folder.read("tls/certificate.pem"))
        try upload.folder.write(text, to: "tls/certificate.pem")
    }
}
