internal import ArchiveModel
internal import CGPGME

extension GPGContext {
    /// What gpg says about the key of a signature that it has just found good; `nil` when it is not one whose signatures
    /// are checked without gpg.
    func triedKey(_ report: SignatureReport, now: Int64) throws(OpenPGPFailure) -> TriedKey? {
        guard let facts = try handle(of: report.signer, secret: false)?.withRaw({ SigningFacts($0, report) }),
            let packet = PublicKeyPacket(report.signingKey, in: try export(report.signer, armored: false))
        else { return nil }
        return TriedKey(
            signer: report.signer, created: facts.created, goodUntil: min(facts.expires ?? .max, now + TriedKeys.trust),
            material: packet.key)
    }
}

/// Of the primary key and, if another one signed, of the subkey.
private struct SigningFacts {
    let created: Int64
    let expires: Int64?

    /// `nil` unless both are there, and neither is revoked, expired, disabled or invalid.
    init?(_ key: gpgme_key_t, _ report: SignatureReport) {
        let all = sequence(first: key.pointee.subkeys, next: { $0?.pointee.next }).compactMap { $0?.pointee }
        guard let primary = all.first, let signing = all.first(where: { Self.fingerprint($0) == report.signingKey }),
            Self.fingerprint(primary) == report.signer, Self.isUsable(primary), Self.isUsable(signing),
            signing.can_sign != 0
        else { return nil }
        created = Int64(max(primary.timestamp, signing.timestamp))
        expires = [primary, signing].map { Int64($0.expires) }.filter { $0 != 0 }.min()
    }

    private static func fingerprint(_ key: _gpgme_subkey) -> Fingerprint? {
        key.fpr.flatMap { Fingerprint(String(cString: $0)) }
    }

    private static func isUsable(_ key: _gpgme_subkey) -> Bool {
        key.revoked == 0 && key.expired == 0 && key.disabled == 0 && key.invalid == 0
    }
}
