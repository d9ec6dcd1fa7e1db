public import DebianControl

/// When a text counts as signed: the rule behind each `SignatureRefusal`.
public enum SignatureRule: String, CodedRule {
    case notClearsigned = "not-clearsigned"
    case signedButNotClear = "signed-but-not-clear"
    case textBeforeSignature = "text-before-signature"
    case textAfterSignature = "text-after-signature"
    case severalSignedBlocks = "several-signed-blocks"
    case severalSignatures = "several-signatures"
    case cutOff = "signature-cut-off"
    case damaged = "signature-damaged"
    case tooLarge = "signed-text-too-large"
    case notUTF8 = "not-utf-8"
    case altered = "signature-altered"
    case unknownKey = "unknown-key"
    case expiredKey = "expired-key"
    case revokedKey = "revoked-key"
    case expiredSignature = "expired-signature"
    case weakDigest = "weak-digest"
    case fromTheFuture = "signature-from-the-future"
    case uncheckable = "signature-uncheckable"

    public var rule: String {
        switch self {
        case .notClearsigned: "The text is clearsigned."
        case .signedButNotClear: "It is signed as clear text, neither encrypted nor packed."
        case .textBeforeSignature, .textAfterSignature: "Nothing stands outside of the signed block."
        case .severalSignedBlocks: "There is one signed block."
        case .severalSignatures: "There is one signature."
        case .cutOff: "The signed block has an end."
        case .damaged: "The signed block has the form that OpenPGP says."
        case .tooLarge: "A signed text has no more bytes than the limit."
        case .notUTF8: "A signed text is in UTF-8."
        case .altered: "The signature is that of the text."
        case .unknownKey: "The key is one of a person who is registered here."
        case .expiredKey: "The key has not expired."
        case .revokedKey: "The key is not revoked."
        case .expiredSignature: "The signature has not expired."
        case .weakDigest: "The signature's digest is SHA-256 or a stronger one."
        case .fromTheFuture: "The signature was not made in the future."
        case .uncheckable: "The signature can be checked with gpg."
        }
    }

    public var origin: String? {
        switch self {
        case .notClearsigned, .signedButNotClear, .textBeforeSignature, .textAfterSignature, .severalSignedBlocks,
            .cutOff, .damaged:
            "RFC 4880, 6.2 and 7"
        case .weakDigest: "Policy 5.6.24"
        case .severalSignatures, .tooLarge, .notUTF8, .altered, .unknownKey, .expiredKey, .revokedKey,
            .expiredSignature, .fromTheFuture, .uncheckable:
            nil
        }
    }
}
