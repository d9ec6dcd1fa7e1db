internal import CCrypto
internal import FoundationEssentials

/// A key's SHA-256 as OpenSSH writes it: `SHA256:` and 43 digits of base64.
public struct SSHFingerprint: Hashable, Sendable, CustomStringConvertible {
    public let text: String
    private static let prefix = "SHA256:"

    /// nil for what ssh-keygen would not write.
    public init?(_ text: String) {
        let digits = text.dropFirst(Self.prefix.count) + "="
        guard text.hasPrefix(Self.prefix), let digest = Data(base64Encoded: String(digits)), digest.count == 32 else {
            return nil
        }
        self.init(digest: digest)
        guard self.text == text else { return nil }
    }

    init(of blob: [UInt8]) {
        var digest = [UInt8](repeating: 0, count: 32)
        let done = EVP_Digest(blob, blob.count, &digest, nil, EVP_sha256(), nil)
        precondition(done == 1, "libcrypto lacks SHA-256")
        self.init(digest: Data(digest))
    }

    private init(digest: Data) {
        text = Self.prefix + digest.base64EncodedString().dropLast()
    }

    public var description: String { text }
}
