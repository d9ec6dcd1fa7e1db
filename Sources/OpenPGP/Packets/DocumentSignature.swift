internal import ArchiveModel

/// A signature of version 4 over a text, that says nothing but who made it and when: what gpg makes when it is not told
/// otherwise. Anything more in it (an expiry, a notation, another algorithm) is gpg's to judge.
struct DocumentSignature {
    enum Value {
        /// R and S, 32 bytes each.
        case ed25519([UInt8])
        case rsa([UInt8])
    }

    let signingKey: Fingerprint
    /// Seconds since 1970.
    let signedAt: Int64
    let digest: PlainDigest
    let value: Value
    /// What is digested behind the text (RFC 4880, section 5.2.4).
    let trailer: [UInt8]
    /// The first octets of the digest, as the signature claims.
    let digestStart: [UInt8]

    static let version: UInt8 = 4
    /// Of a text, whose line ends count as CR LF.
    static let textClass: UInt8 = 1

    /// Reads a packet's body (RFC 4880, section 5.2.3); `nil` for everything but the form above.
    init?(_ body: ArraySlice<UInt8>) {
        var reader = PacketReader(body)
        guard reader.byte() == Self.version, reader.byte() == Self.textClass, let algorithm = reader.byte(),
            let digest = reader.byte().flatMap({ PlainDigest(rawValue: Int($0)) }),
            let hashedSize = reader.number(octets: 2), let hashed = reader.bytes(hashedSize),
            let openSize = reader.number(octets: 2), let open = reader.bytes(openSize),
            let start = reader.bytes(2), let value = Self.value(algorithm, &reader), reader.rest.isEmpty,
            let claims = Claims(hashed: hashed, open: open)
        else { return nil }
        self.signingKey = claims.issuer
        self.signedAt = claims.signedAt
        self.digest = digest
        self.value = value
        self.digestStart = Array(start)
        let head = body.prefix(6 + hashedSize)
        let length = (0..<4).map { UInt8(truncatingIfNeeded: head.count >> (24 - 8 * $0)) }
        self.trailer = Array(head) + [Self.version, 0xFF] + length
    }

    private static func value(_ algorithm: UInt8, _ reader: inout PacketReader) -> Value? {
        switch algorithm {
        case PublicKeyPacket.rsa:
            return reader.integer().map { .rsa(Array($0)) }
        case PublicKeyPacket.edDSA:
            guard let r = reader.integer(), let s = reader.integer(), r.count <= 32, s.count <= 32 else { return nil }
            return .ed25519(Array(r).padded(to: 32) + Array(s).padded(to: 32))
        default: return nil
        }
    }

    /// What the subpackets say (RFC 4880, section 5.2.3.1).
    private struct Claims {
        let issuer: Fingerprint
        let signedAt: Int64

        private static let creationTime: UInt8 = 2
        private static let issuerID: UInt8 = 16
        private static let issuerFingerprint: UInt8 = 33

        /// `nil` unless there are just those two, and in the open the key id that belongs to them.
        init?(hashed: ArraySlice<UInt8>, open: ArraySlice<UInt8>) {
            guard let hashed = Self.subpackets(hashed), hashed.count == 2, let open = Self.subpackets(open),
                let time = hashed[Self.creationTime], time.count == 4,
                let issuer = hashed[Self.issuerFingerprint], issuer.count == 21, issuer.first == version,
                let fingerprint = Fingerprint(hexadecimal(issuer.dropFirst())),
                open.isEmpty || open.count == 1 && open[Self.issuerID].map(Array.init) == Array(issuer.suffix(8))
            else { return nil }
            self.issuer = fingerprint
            self.signedAt = time.reduce(0) { $0 << 8 | Int64($1) }
        }

        /// By type; `nil` when one is not whole, longer than those we know, or there twice.
        private static func subpackets(_ area: ArraySlice<UInt8>) -> [UInt8: ArraySlice<UInt8>]? {
            var reader = PacketReader(area)
            var found: [UInt8: ArraySlice<UInt8>] = [:]
            while let length = reader.byte() {
                guard length > 0, length < 192, let type = reader.byte(), let content = reader.bytes(Int(length) - 1),
                    found.updateValue(content, forKey: type) == nil
                else { return nil }
            }
            return found
        }
    }
}

extension [UInt8] {
    /// With zeros before it, up to so many bytes.
    func padded(to count: Int) -> [UInt8] { [UInt8](repeating: 0, count: Swift.max(0, count - self.count)) + self }
}
