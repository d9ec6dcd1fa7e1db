/// Why a key is not taken into the keyring. The sender's to mend.
public enum KeyRefusal: Error, Hashable, Sendable {
    case notAKey
    /// A private key was sent.
    case secretKey
    /// In bytes.
    case tooLarge(size: Int, limit: Int)
}

extension KeyRefusal: CustomStringConvertible {
    public var description: String { "\(sentence) \(remedy) [\(code)]" }

    /// Stable, for programs.
    public var code: String {
        switch self {
        case .notAKey: "not-a-key"
        case .secretKey: "secret-key"
        case .tooLarge: "key-too-large"
        }
    }

    public var sentence: String {
        switch self {
        case .notAKey: "There is no OpenPGP public key in it."
        case .secretKey: "This is a private key."
        case .tooLarge(let size, let limit): "The key has \(size) bytes; at most \(limit) are read."
        }
    }

    public var remedy: String {
        switch self {
        case .notAKey: "Send what \"gpg --armor --export FINGERPRINT\" prints."
        case .secretKey:
            "It was not stored, but consider it disclosed and revoke it; of the next one send \"gpg --armor --export\" only."
        case .tooLarge: "Send it with \"gpg --export-options export-minimal --armor --export FINGERPRINT\"."
        }
    }
}
