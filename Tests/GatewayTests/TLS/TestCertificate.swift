internal import Foundation
internal import Gateway
internal import Logging
internal import Subprocess
internal import SystemPackage
internal import Testing

/// A certificate for the loopback addresses that signs itself, made with openssl into a folder `tls`.
enum TestCertificate {
    static func make(in folder: TestJail) async throws -> TLSCertificates.Files {
        let place = folder.path.appending("tls")
        try FileManager.default.createDirectory(atPath: place.string, withIntermediateDirectories: true)
        let files = TLSCertificates.Files(
            certificate: place.appending("certificate.pem"), key: place.appending("key.pem"))
        let made = try await Subprocess.run(
            .name("openssl"),
            arguments: [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,IP:::1,DNS:localhost",
                "-keyout", files.key.string, "-out", files.certificate.string,
            ],
            input: .none, output: .string(limit: 1 << 16), error: .combinedWithOutput)
        try #require(made.terminationStatus.isSuccess, "\(made.standardOutput)")
        return files
    }
}

/// A gateway with TLS, and a package to upload with the certificate beside it.
struct SecureGateway: Sendable {
    let gateway: TestGateway
    let upload: ClientTests.Upload
    let certificates: TLSCertificates

    static func run(
        intake: TestIntake? = TestIntake(), host: String = "127.0.0.1",
        configure: (inout GatewayConfiguration) -> Void = { _ in },
        _ body: @escaping @Sendable (SecureGateway) async throws -> Void
    ) async throws {
        let upload = try ClientTests.Upload()
        let files = try await TestCertificate.make(in: upload.folder)
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let certificates = try TLSCertificates(files, logger: logger)
        try await TestGateway.run(intake: intake, host: host, certificates: certificates, configure: configure) {
            try await body(SecureGateway(gateway: $0, upload: upload, certificates: certificates))
        }
    }

    /// Runs a Python client. It finds `host`, `port`, `secure_port` and `trust`, a context that trusts the certificate.
    @discardableResult
    func python(_ script: String, host: String = "127.0.0.1") async throws -> String {
        try await Self.python(script, port: gateway.port, securePort: gateway.securePort, host: host, in: upload)
    }

    @discardableResult
    static func python(
        _ script: String, port: Int, securePort: Int = 0, host: String = "127.0.0.1", in upload: ClientTests.Upload
    ) async throws -> String {
        let prelude = """
            import ftplib, io, os, socket, ssl, sys
            host, port, secure_port = '\(host)', \(port), \(securePort)
            trust = ssl.create_default_context(cafile='tls/certificate.pem')
            def connect(ftp=None):
                ftp = ftp or ftplib.FTP_TLS(context=trust)
                ftp.connect(host, port, timeout=20)
                ftp.auth()
                return ftp
            def log_in(ftp=None):
                ftp = connect(ftp)
                ftp.prot_p()
                ftp.login('anonymous', 'x', secure=False)
                ftp.cwd('~alice/debian')
                return ftp
            def refusal(call, *arguments):
                try:
                    return 'no refusal: ' + str(call(*arguments))
                except (ftplib.Error, OSError) as error:
                    return str(error)

            """
        let run = try await Client.run("/usr/bin/python3", ["-c", prelude + script], in: upload)
        try #require(run.isSuccess, "\(run.output)")
        return run.output
    }

    /// The files of the next session that is handed over.
    func landed() async -> [String] {
        let session = await gateway.intake.nextLanding()
        return gateway.jail.files("landed/\(session)")
    }
}
