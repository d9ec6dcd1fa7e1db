internal import CCrypto

enum SHA256 {
    /// 64 lower-case hexadecimal digits.
    static func hexDigest(of bytes: [UInt8]) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        let done = EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha256(), nil)
        precondition(done == 1, "libcrypto lacks SHA-256")
        return digest.map { hex[Int($0 >> 4)] + hex[Int($0 & 15)] }.joined()
    }

    private static let hex = "0123456789abcdef".map(String.init)
}
