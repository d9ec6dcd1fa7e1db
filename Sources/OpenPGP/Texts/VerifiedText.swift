public import ArchiveModel

/// A text, and the key that signed exactly this text. Only the verifier of this module makes one.
public struct VerifiedText: Sendable, Equatable {
    /// What the signature covers and nothing else. Of a clearsigned text: dash-escaping undone, and without the blanks
    /// at line ends, which such a signature does not cover (RFC 4880, section 7.1); lines end in LF.
    public let text: String
    /// The primary key of the signer, whichever subkey was used.
    public let signer: Fingerprint
    /// The key or subkey that made the signature.
    public let signingKey: Fingerprint
    /// Seconds since 1970, as the signer's clock had it.
    public let signedAt: Int64
    /// What "a signed text acts once" stores: 64 hexadecimal digits that stay the same when the armor, blanks at
    /// line ends or the way of sending (clearsigned, PGP/MIME) change, and differ for another text, signer or second.
    public let identity: String

    /// The text's UTF-8 bytes.
    public var bytes: [UInt8] { Array(text.utf8) }

    init(text: String, signer: Fingerprint, signingKey: Fingerprint, signedAt: Int64) {
        self.text = text
        self.signer = signer
        self.signingKey = signingKey
        self.signedAt = signedAt
        let facts = Array("\(signedAt) \(signer)\n".utf8)
        self.identity = SHA256.hexDigest(of: facts + CanonicalText(of: Array(text.utf8)).bytes)
    }
}
