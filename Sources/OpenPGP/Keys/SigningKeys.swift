public import ArchiveModel
internal import DurableFiles
public import SystemPackage

/// The private keys archives are signed with, in a GnuPG home of their own.
///
/// gpg-agent holds them: no private key is in this process's memory. The agent is started by gpg when it is first
/// needed and works without passphrases and dialogues; `stop` ends it.
public final class SigningKeys: Sendable {
    public enum Algorithm: Sendable {
        /// Small and fast; every apt since Debian 9 knows it.
        case ed25519
        case rsa4096
    }

    /// In bytes. The agent's sockets lie in the home, and a socket's path has at most 107 bytes (unix(7)):
    /// this and `/S.gpg-agent.browser` fill them.
    public static let longestHome = 86
    /// In bytes, of a text that `clearsign` takes.
    public static let longestLine = ClearsignedBlock.lineLimit

    private let home: FilePath
    private let workers: GPGWorkers

    /// Makes the home unless it is there. Throws `OpenPGPFailure` when its path is too long for the agent.
    public init(home: FilePath, contexts: Int = 2) throws {
        guard home.isAbsolute, home.string.utf8.count <= Self.longestHome else {
            throw OpenPGPFailure(
                operation: "keep signing keys in \(home)",
                cause: "gpg-agent needs an absolute path of at most \(Self.longestHome) bytes for its sockets")
        }
        try GnuPGHome.prepare(home, files: Self.configuration)
        self.home = home
        self.workers = GPGWorkers(count: contexts)
    }

    /// Makes a key without passphrase that signs and does nothing else.
    /// - Parameters:
    ///   - userID: `Name <address>`, as apt users see it.
    ///   - lifetime: in seconds from now; `nil` for ever, as users of a repository cannot renew its key.
    public func makeKey(
        userID: String, algorithm: Algorithm = .ed25519, lifetime: Int? = nil
    ) async throws -> Fingerprint {
        try await run(changing: true) { context in
            try context.makeKey(userID: userID, algorithm: algorithm, lifetime: lifetime)
        }
    }

    /// `bytes` clearsigned: `InRelease`. Lines longer than gpg signs whole are an error.
    public func clearsign(_ bytes: [UInt8], by key: Fingerprint) async throws -> [UInt8] {
        guard bytes.split(separator: UInt8(ascii: "\n")).allSatisfy({ $0.count <= Self.longestLine }) else {
            throw OpenPGPFailure(
                operation: "clearsign",
                cause: "a line has more than \(Self.longestLine) bytes, and gpg would cut it")
        }
        return try await run { try $0.sign(bytes, by: key, clear: true) }
    }

    /// The armored signature over `bytes`: `Release.gpg`.
    public func detachSign(_ bytes: [UInt8], by key: Fingerprint) async throws -> [UInt8] {
        try await run { try $0.sign(bytes, by: key, clear: false) }
    }

    /// The public key; empty when there is no such key.
    public func exportPublic(_ key: Fingerprint, armored: Bool) async throws -> [UInt8] {
        try await run { try $0.export(key, armored: armored) }
    }

    /// Removes a key for ever, with its private part. Nothing there is no failure.
    public func remove(_ key: Fingerprint) async throws {
        try await run(changing: true) { try $0.delete(key, withSecret: true) }
    }

    /// Whether the private key is here.
    public func contains(_ key: Fingerprint) async throws -> Bool {
        try await run { try $0.handle(of: key, secret: true) != nil }
    }

    /// Ends the agent; the next signature starts it again.
    public func stop() async throws {
        try await workers.run(in: home) { [home] in try $0.stopAgent(of: home) }
    }

    /// gpg replaces its keyring by two renames, and between them there is none: who reads it keeps those out, of this process and of
    /// others, who change it.
    private func run<Result: Sendable>(
        changing: Bool = false, _ work: @escaping @Sendable (GPGContext) throws -> Result
    ) async throws -> Result {
        try await workers.run(in: home) { [home] context in
            let folder = try Folder(opening: home)
            _ = try folder.lock(waiting: true, shared: !changing)
            let result = Swift.Result { try work(context) }
            try folder.unlock()
            return try result.get()
        }
    }

    private static let configuration = [
        "gpg.conf": """
        batch
        no-tty
        no-greeting
        no-auto-key-retrieve
        no-auto-check-trustdb
        no-permission-warning
        trust-model always
        disable-dirmngr
        no-emit-version
        personal-digest-preferences SHA512
        cert-digest-algo SHA512
        default-preference-list SHA512 SHA384 SHA256 AES256 AES192 AES Uncompressed

        """,
        "gpg-agent.conf": """
        allow-loopback-pinentry
        no-allow-external-cache
        disable-scdaemon

        """,
    ]
}
