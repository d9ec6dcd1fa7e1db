internal import ArchiveModel
internal import OpenPGP

/// The signing keys of archives: one each, made with it.
struct ArchiveKeys: Sendable {
    private let keys: SigningKeys
    private let host: String

    init(_ settings: Settings) throws {
        self.init(try SigningKeys(home: settings.state.keys), host: settings.name)
    }

    init(_ keys: SigningKeys, host: String) {
        self.keys = keys
        self.host = host
    }

    /// The user id says which archive of which service: `Slipway archive ~alice/debian/tools (ppa.example.org)`.
    func make(for archive: ArchiveReference) async throws -> Fingerprint {
        try await keys.makeKey(userID: "Slipway archive \(archive) (\(host))")
    }

    /// Of one that signs no archive after all.
    func drop(_ key: Fingerprint) async throws { try await keys.remove(key) }
}
