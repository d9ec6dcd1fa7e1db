internal import CCrypto

/// A digest of libcrypto, fetched once: the look-up costs more than the digest of a small file.
///
/// `@unchecked`: an EVP_MD never changes after it was fetched, and these live as long as the process.
struct DigestAlgorithm: @unchecked Sendable {
    let method: OpaquePointer

    static let md5 = DigestAlgorithm("MD5")
    static let sha1 = DigestAlgorithm("SHA1")
    static let sha256 = DigestAlgorithm("SHA256")
    static let sha512 = DigestAlgorithm("SHA512")

    private init(_ name: String) {
        guard let method = EVP_MD_fetch(nil, name, nil) else {
            preconditionFailure("this machine's libcrypto offers no \(name); Debian's archive format needs it")
        }
        self.method = method
    }

    func hexDigest(of bytes: UnsafeRawBufferPointer) -> String {
        let running = RunningDigest(self)
        running.update(bytes)
        return running.hexSoFar()
    }
}

/// One digest on the way through its bytes.
final class RunningDigest {
    private let context: OpaquePointer

    init(_ algorithm: DigestAlgorithm) {
        guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex2(context, algorithm.method, nil) == 1 else {
            preconditionFailure("libcrypto has no memory for a digest")
        }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    func update(_ bytes: UnsafeRawBufferPointer) {
        let done = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
        precondition(done == 1, "libcrypto failed to take a digest")
    }

    /// The digest of the bytes so far, in lower-case hexadecimal; more may follow.
    func hexSoFar() -> String {
        guard let copy = EVP_MD_CTX_new() else { preconditionFailure("libcrypto has no memory for a digest") }
        defer { EVP_MD_CTX_free(copy) }
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        let done = EVP_MD_CTX_copy_ex(copy, context) == 1 && EVP_DigestFinal_ex(copy, &digest, &length) == 1
        precondition(done, "libcrypto failed to take a digest")
        return hexadecimal(digest.prefix(Int(length)))
    }
}

private func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
