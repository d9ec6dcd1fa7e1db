internal import ArchiveModel
internal import CCrypto

/// A public key or subkey of version 4, as it stands in an exported key (RFC 4880, section 5.5.2).
struct PublicKeyPacket {
    static let rsa: UInt8 = 1
    static let edDSA: UInt8 = 22

    let key: VerificationKey

    /// The key with this fingerprint; `nil` when it is not there, or none whose signatures are checked here.
    init?(_ fingerprint: Fingerprint, in exported: [UInt8]) {
        var reader = PacketReader(exported[...])
        while let (tag, body) = Self.next(&reader) {
            guard [Self.publicKey, Self.publicSubkey].contains(tag), Self.fingerprint(of: body) == fingerprint else {
                continue
            }
            guard let key = Self.key(in: body) else { return nil }
            self.key = key
            return
        }
        return nil
    }

    private static let publicKey: UInt8 = 6
    private static let publicSubkey: UInt8 = 14
    /// Smaller ones are gpg's to judge.
    private static let smallestRSA = 2048 / 8

    /// Packets as gpg exports them; `nil` at the end, and at what it does not write.
    private static func next(_ reader: inout PacketReader) -> (tag: UInt8, body: ArraySlice<UInt8>)? {
        guard let header = reader.byte(), header & 0x80 != 0 else { return nil }
        if header & 0x40 == 0 {
            guard header & 3 != 3, let length = reader.number(octets: 1 << Int(header & 3)) else { return nil }
            return reader.bytes(length).map { (header >> 2 & 15, $0) }
        }
        guard let length = newLength(&reader) else { return nil }
        return reader.bytes(length).map { (header & 63, $0) }
    }

    private static func newLength(_ reader: inout PacketReader) -> Int? {
        switch reader.byte() {
        case .some(let first) where first < 192: Int(first)
        case .some(let first) where first < 224: reader.byte().map { (Int(first) - 192) << 8 + Int($0) + 192 }
        case .some(255): reader.number(octets: 4)
        default: nil
        }
    }

    /// RFC 4880, section 12.2.
    private static func fingerprint(of body: ArraySlice<UInt8>) -> Fingerprint? {
        guard body.first == DocumentSignature.version, body.count <= UInt16.max else { return nil }
        let digested = [0x99, UInt8(body.count >> 8), UInt8(body.count & 0xFF)] + Array(body)
        var digest = [UInt8](repeating: 0, count: 20)
        guard EVP_Digest(digested, digested.count, &digest, nil, EVP_sha1(), nil) == 1 else { return nil }
        return Fingerprint(hexadecimal(digest))
    }

    private static func key(in body: ArraySlice<UInt8>) -> VerificationKey? {
        var reader = PacketReader(body)
        guard reader.bytes(5) != nil, let algorithm = reader.byte() else { return nil }
        switch algorithm {
        case rsa:
            guard let modulus = reader.integer(), modulus.count >= smallestRSA, let exponent = reader.integer(),
                reader.rest.isEmpty
            else { return nil }
            return VerificationKey(modulus: Array(modulus), exponent: Array(exponent))
        case edDSA:
            guard let size = reader.byte(), let curve = reader.bytes(Int(size)), Array(curve) == ed25519,
                let point = reader.integer(), point.count == 33, point.first == 0x40, reader.rest.isEmpty
            else { return nil }
            return VerificationKey(ed25519: Array(point.dropFirst()))
        default: return nil
        }
    }

    /// 1.3.6.1.4.1.11591.15.1
    private static let ed25519: [UInt8] = [0x2B, 0x06, 0x01, 0x04, 0x01, 0xDA, 0x47, 0x0F, 0x01]
}
