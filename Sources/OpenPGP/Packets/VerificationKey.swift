internal import CCrypto

/// A public key of libcrypto.
///
/// `@unchecked`: an EVP_PKEY that nobody changes may be read by any number of threads.
final class VerificationKey: @unchecked Sendable {
    private let raw: OpaquePointer
    private let isEd25519: Bool

    init?(ed25519 point: [UInt8]) {
        guard let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, point, point.count) else { return nil }
        (raw, isEd25519) = (key, true)
    }

    /// RSA; big-endian, without leading zeros.
    init?(modulus: [UInt8], exponent: [UInt8]) {
        let der = Self.der(0x30, Self.integer(modulus) + Self.integer(exponent))
        let key = der.withUnsafeBufferPointer { buffer in
            var start = buffer.baseAddress
            return d2i_PublicKey(EVP_PKEY_RSA, nil, &start, buffer.count)
        }
        guard let key else { return nil }
        (raw, isEd25519) = (key, false)
    }

    deinit { EVP_PKEY_free(raw) }

    /// Whether this key made the signature over the text.
    func made(_ signature: DocumentSignature, over text: [UInt8]) -> Bool {
        let signed = text + signature.trailer
        let digest = signature.digest.digest(of: signed)
        guard digest.starts(with: signature.digestStart) else { return false }
        switch signature.value {
        // Ed25519 is over the digest as a message (RFC 9580, section 5.2.3.2), RSA over the padded digest.
        case .ed25519(let value): return isEd25519 && isRight(value, over: digest, nil)
        case .rsa(let value):
            let size = Int(EVP_PKEY_get_size(raw))
            return !isEd25519 && value.count <= size
                && isRight(value.padded(to: size), over: signed, signature.digest.method)
        }
    }

    private func isRight(_ value: [UInt8], over message: [UInt8], _ method: OpaquePointer?) -> Bool {
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        let isReady = EVP_DigestVerifyInit(context, nil, method, nil, raw) == 1
        let isRight = isReady && EVP_DigestVerify(context, value, value.count, message, message.count) == 1
        // libcrypto keeps what it says about a wrong one for this thread, and nobody asks.
        if !isRight { ERR_clear_error() }
        return isRight
    }

    /// Not negative, whatever its first bit is (X.690, section 8.3).
    private static func integer(_ bytes: [UInt8]) -> [UInt8] {
        der(0x02, (bytes.first ?? 0) & 0x80 == 0 ? bytes : [0] + bytes)
    }

    private static func der(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let count = content.count
        let length =
            count < 0x80
            ? [UInt8(count)] : [0x82, UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count)]
        return [tag] + length + content
    }
}

extension PlainDigest {
    fileprivate var method: OpaquePointer? {
        switch self {
        case .sha256: EVP_sha256()
        case .sha384: EVP_sha384()
        case .sha512: EVP_sha512()
        }
    }

    fileprivate func digest(of bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        let done = EVP_Digest(bytes, bytes.count, &digest, &length, method, nil)
        precondition(done == 1, "libcrypto lacks a digest of the SHA-2 family")
        return Array(digest.prefix(Int(length)))
    }
}
