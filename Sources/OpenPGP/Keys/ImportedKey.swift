public import ArchiveModel
internal import CGPGME

/// A key of the keyring, as gpg lists it.
public struct ImportedKey: Sendable, Equatable {
    /// The primary key's.
    public let fingerprint: Fingerprint
    /// Names and addresses the key's owner wrote; anybody can write anything there.
    public let userIDs: [String]
    /// `ed25519`, `rsa4096`.
    public let algorithm: String
    /// Seconds since 1970.
    public let created: Int64
    /// Seconds since 1970; `nil` when it never does.
    public let expires: Int64?
    /// Whether the primary key, or a subkey, may sign and is neither expired nor revoked.
    public let canSign: Bool
    public let isRevoked: Bool
    public let isExpired: Bool
}

extension ImportedKey {
    init?(_ key: gpgme_key_t) {
        guard let primary = key.pointee.subkeys, let text = key.pointee.fpr,
            let fingerprint = Fingerprint(String(cString: text))
        else { return nil }
        self.fingerprint = fingerprint
        self.userIDs = Self.userIDs(of: key)
        let algorithm = gpgme_pubkey_algo_string(primary)
        self.algorithm = algorithm.map { String(cString: $0) } ?? "unknown"
        gpgme_free(algorithm)
        self.created = Int64(primary.pointee.timestamp)
        self.expires = primary.pointee.expires == 0 ? nil : Int64(primary.pointee.expires)
        self.canSign = key.pointee.can_sign != 0
        self.isRevoked = key.pointee.revoked != 0
        self.isExpired = key.pointee.expired != 0
    }

    private static func userIDs(of key: gpgme_key_t) -> [String] {
        sequence(first: key.pointee.uids, next: { $0?.pointee.next }).compactMap { user in
            user?.pointee.uid.map { String(cString: $0) }
        }
    }
}
