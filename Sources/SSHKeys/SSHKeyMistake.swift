/// Why a line is not taken for a key, in words for whoever registers it.
public enum SSHKeyMistake: Error, Hashable, Sendable, CustomStringConvertible {
    case noKey, options, privateKey, certificate, weak, base64, otherType, broken, comment
    /// The size of an RSA key.
    case bits(Int)

    public var description: String {
        switch self {
        case .noKey: "This is no public key of OpenSSH, such as ssh-keygen writes into a file .pub."
        case .options: "Options stand before the key; the service sets its own."
        case .privateKey: "This is a private key: keep it to yourself, and register the one in the file .pub."
        case .certificate: "This is a certificate; register the key that it is for."
        case .weak: "DSA keys are too weak, and OpenSSH refuses them, too. Make one with: ssh-keygen -t ed25519"
        case .base64: "What follows the type is not a key in base64."
        case .otherType: "The key is not of the type that stands before it."
        case .broken: "The key is cut off, or damaged."
        case .comment:
            "The comment has control characters, or more than \(SSHPublicKey.longestComment) bytes; it may be left out."
        case .bits(let bits) where bits < SSHKeyType.sizesOfRSA.lowerBound:
            "RSA keys of \(bits) bits are too weak: \(SSHKeyType.sizesOfRSA.lowerBound) is the least."
        case .bits(let bits):
            "RSA keys of \(bits) bits are not read by OpenSSH: \(SSHKeyType.sizesOfRSA.upperBound) is the most."
        }
    }
}
