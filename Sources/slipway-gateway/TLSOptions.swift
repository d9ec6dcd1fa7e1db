internal import ArgumentParser
internal import Gateway
internal import Glibc
internal import Logging
internal import SystemPackage

/// FTPS: where the certificate is, and who has to use it. Paths are relative to the jail and in a folder of it: the
/// certificate is read inside, at the start and at each SIGHUP.
struct TLSOptions: ParsableArguments {
    private static let standard = TLSCertificates.Files(certificate: "tls/certificate.pem", key: "tls/key.pem")

    @Option(
        name: .customLong("listen-tls"),
        help: "HOST:PORT where connections begin with a TLS handshake (port 990); may be repeated.")
    var listenTLS: [String] = []

    @Flag(name: .customLong("require-tls"), help: "Take nothing over connections in clear.")
    var isRequired = false

    @Option(help: "The certificate and its chain, PEM; by default tls/certificate.pem if it is there.")
    var tlsCertificate: String?

    @Option(help: "Its key, PEM; by default tls/key.pem.")
    var tlsKey: String?

    @Option(help: "Seconds a TLS handshake may take.")
    var handshakeTimeout = 20

    private var isNamed: Bool { tlsCertificate != nil || tlsKey != nil }

    private var files: TLSCertificates.Files {
        TLSCertificates.Files(
            certificate: tlsCertificate.map { FilePath($0) } ?? Self.standard.certificate,
            key: tlsKey.map { FilePath($0) } ?? Self.standard.key)
    }

    /// The folders of certificate and key that are there, for Landlock.
    func folders(in jail: FilePath) -> [FilePath] {
        let folders = Set([files.certificate, files.key].map { $0.removingLastComponent() })
        return folders.filter { Self.isThere(jail.appending($0.string)) }.sorted { $0.string < $1.string }
    }

    /// In the jail. nil when there are none and nobody asked for TLS.
    func certificates(_ logger: Logger, forHTTPS: Bool) throws -> TLSCertificates? {
        let isWanted = isNamed || isRequired || !listenTLS.isEmpty || forHTTPS
        guard isWanted || Self.isThere(files.certificate) else { return nil }
        return try TLSCertificates(files, logger: logger)
    }

    func validate() throws {
        for path in [files.certificate, files.key] {
            let isBelow = path.isRelative && path.components.count > 1 && path.lexicallyNormalized() == path
            guard isBelow, path.components.first?.kind == .regular else {
                throw ValidationError("\(path) is not a file in a folder of the jail, such as tls/key.pem.")
            }
        }
        guard (1...3600).contains(handshakeTimeout) else {
            throw ValidationError("A handshake takes from 1 to 3600 seconds.")
        }
    }

    /// What exists and cannot be seen is there, too: it is told when it is read.
    private static func isThere(_ path: FilePath) -> Bool {
        path.withPlatformString { access($0, F_OK) } == 0 || errno == EACCES
    }
}
