extension SignatureRefusal: CustomStringConvertible {
    public var description: String { "\(sentence) \(remedy) [\(code)]" }

    /// What is wrong, as one sentence.
    public var sentence: String {
        switch self {
        case .notClearsigned: "This is not a clearsigned text."
        case .signedButNotClear: "The text is packed into an OpenPGP message, not clearsigned."
        case .textBeforeSignature: "There is text before the signed block."
        case .textAfterSignature: "There is text after the signed block."
        case .severalSignedBlocks: "There is more than one signed block."
        case .severalSignatures: "There is more than one signature."
        case .cutOff: "The end of the signed block is missing."
        case .damaged(let line, let mistake): "The signed block is damaged in line \(line): \(mistake)."
        case .tooLarge(let size, let limit): "The signed text has \(size) bytes; at most \(limit) are read."
        case .notUTF8: "The signed text is not UTF-8."
        case .altered(let key): "The signature, by key \(key) as it says, does not fit the text."
        case .unknownKey(let key): "The signature is by key \(key), which is not registered here."
        case .expiredKey(let key): "The signature is by key \(key), which has expired."
        case .revokedKey(let key): "The signature is by key \(key), which is revoked."
        case .expiredSignature(let key): "The signature by key \(key) has expired."
        case .weakDigest(let digest, _): "The signature uses \(digest), which no longer proves anything."
        case .fromTheFuture(let time, let key): "The signature by key \(key) is from the future: \(time) s after 1970."
        case .uncheckable(let cause): "The signature cannot be checked: \(cause)."
        }
    }

    /// What to do about it, as one sentence.
    public var remedy: String {
        switch self {
        case .notClearsigned: "Sign it with debsign, or with gpg --clearsign."
        case .signedButNotClear: "Sign it with gpg --clearsign instead of --sign, and do not encrypt it."
        case .textBeforeSignature, .textAfterSignature: "Send the signed block alone, as debsign leaves it."
        case .severalSignedBlocks: "Send one signed block a file."
        case .severalSignatures: "Sign with one key only."
        case .cutOff: "Send the file again; if it is cut off on your side too, sign it again."
        case .damaged: "Sign it again, and send it unchanged."
        case .tooLarge: "Send less in one text."
        case .notUTF8: "Write it in UTF-8 and sign it again."
        case .altered: "Sign it again, and send it unchanged (in binary mode)."
        case .unknownKey: "Register the key, or sign with a registered one (debsign -k)."
        case .expiredKey: "Extend the key's validity and register the key again, or sign with another one."
        case .revokedKey: "Sign with another registered key."
        case .expiredSignature: "Sign it again, without an expiry of the signature."
        case .weakDigest:
            "Sign it again with SHA-256 or better: put \"personal-digest-preferences SHA512\" into gpg.conf."
        case .fromTheFuture: "Set the clock right and sign it again."
        case .uncheckable: "Sign it again with a current GnuPG and an RSA or Ed25519 key."
        }
    }
}
