internal import Glibc
public import Logging
internal import NIOSSL
internal import Synchronization
public import SystemPackage

/// The service's certificate and key. Connections that begin after a `reload` get the new ones, others keep theirs.
public final class TLSCertificates: Sendable {
    /// PEM files: the certificate with those between it and the root, and its key without passphrase.
    public struct Files: Sendable, Equatable {
        public let certificate: FilePath
        public let key: FilePath

        public init(certificate: FilePath, key: FilePath) {
            self.certificate = certificate
            self.key = key
        }
    }

    private let files: Files
    private let logger: Logger
    private let current: Mutex<NIOSSLContext>

    /// - Throws: TLSMistake when the files cannot be read, or do not belong together.
    public init(_ files: Files, logger: Logger) throws {
        self.files = files
        self.logger = logger
        current = Mutex(try Self.load(files))
        warnOfOpenKey()
    }

    var context: NIOSSLContext { current.withLock { $0 } }

    /// Reads the files again. What cannot be used is logged, and the old ones stay. Blocks; for a disk thread.
    public func reload() {
        do {
            let loaded = try Self.load(files)
            current.withLock { $0 = loaded }
            logger.info("the certificate was read again", metadata: ["file": "\(files.certificate)"])
            warnOfOpenKey()
        } catch {
            logger.error("the certificate cannot be used; the former one stays", metadata: ["error": "\(error)"])
        }
    }

    private static func load(_ files: Files) throws(TLSMistake) -> NIOSSLContext {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(files.certificate.string)
            let key = try NIOSSLPrivateKey(file: files.key.string, format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
            configuration.minimumTLSVersion = .tlsv12
            // Clients show no certificate: there is nobody to check, and no /etc/ssl in the jail.
            configuration.trustRoots = .certificates([])
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw TLSMistake(files: files, mistake: "\(error)")
        }
    }

    private func warnOfOpenKey() {
        var state = stat()
        guard files.key.withPlatformString({ stat($0, &state) }) == 0, state.st_mode & 0o007 != 0 else { return }
        logger.warning("others may use the key: chmod o= \(files.key)")
    }
}

/// Why there is no TLS; the admin's to mend.
public struct TLSMistake: Error, CustomStringConvertible {
    let files: TLSCertificates.Files
    let mistake: String

    public var description: String {
        "TLS: \(files.certificate) and \(files.key) cannot be used together, or not be read: \(mistake)"
    }
}
