public import ArchiveModel
internal import DebianControl

/// Why a text does not count as signed. The sender's to mend; `sentence` and `remedy` are for the sender's eyes.
public enum SignatureRefusal: Error, Hashable, Sendable {
    // The form, found before gpg is asked.
    case notClearsigned
    /// `gpg --sign --armor`, or an encrypted text.
    case signedButNotClear
    case textBeforeSignature
    case textAfterSignature
    case severalSignedBlocks
    case severalSignatures
    /// The end of the block is missing.
    case cutOff
    /// Something in the block is not what RFC 4880, sections 6.2 and 7, allow; `line` from 1.
    case damaged(line: Int, mistake: String)
    /// In bytes.
    case tooLarge(size: Int, limit: Int)
    case notUTF8

    // The signature.
    /// The text, or the signature, was changed after signing. `key` is only what the signature claims.
    case altered(key: String)
    /// A fingerprint, or a key id of 16 digits where the signature has no more; only what the signature claims.
    case unknownKey(String)
    case expiredKey(Fingerprint)
    case revokedKey(Fingerprint)
    case expiredSignature(Fingerprint)
    /// MD5, SHA-1, RIPEMD160. The signer is `nil` when gpg would not even check the signature.
    case weakDigest(String, Fingerprint?)
    /// Seconds since 1970.
    case fromTheFuture(signedAt: Int64, Fingerprint)
    /// gpg cannot check such a signature: an algorithm it lacks, a key newer than its signature.
    case uncheckable(String)
}

extension SignatureRefusal {
    /// The primary key of the signer where the signature itself is good: then the person is proven, and may be told.
    public var signer: Fingerprint? {
        switch self {
        case .expiredKey(let key), .revokedKey(let key), .expiredSignature(let key), .fromTheFuture(_, let key): key
        case .weakDigest(_, let key): key
        case .notClearsigned, .signedButNotClear, .textBeforeSignature, .textAfterSignature, .severalSignedBlocks,
            .severalSignatures, .cutOff, .damaged, .tooLarge, .notUTF8, .altered, .unknownKey, .uncheckable:
            nil
        }
    }

    public var code: String { rule.code }

    public var rule: SignatureRule {
        switch self {
        case .notClearsigned: .notClearsigned
        case .signedButNotClear: .signedButNotClear
        case .textBeforeSignature: .textBeforeSignature
        case .textAfterSignature: .textAfterSignature
        case .severalSignedBlocks: .severalSignedBlocks
        case .severalSignatures: .severalSignatures
        case .cutOff: .cutOff
        case .damaged: .damaged
        case .tooLarge: .tooLarge
        case .notUTF8: .notUTF8
        case .altered: .altered
        case .unknownKey: .unknownKey
        case .expiredKey: .expiredKey
        case .revokedKey: .revokedKey
        case .expiredSignature: .expiredSignature
        case .weakDigest: .weakDigest
        case .fromTheFuture: .fromTheFuture
        case .uncheckable: .uncheckable
        }
    }
}
