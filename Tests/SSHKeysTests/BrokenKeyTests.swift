import SSHKeys
import Testing

/// Blobs of the right type and length fields, in which a field is not what the type says.
@Suite struct BrokenKeyTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let type: SSHKeyType
        let fields: [[UInt8]]

        init(_ what: String, _ type: SSHKeyType, _ fields: [UInt8]...) {
            (testDescription, self.type, self.fields) = (what, type, fields)
        }

        var blob: [UInt8] { ([Array(type.rawValue.utf8)] + fields).flatMap { length($0.count) + $0 } }

        private func length(_ count: Int) -> [UInt8] { [0, 0, UInt8(count >> 8), UInt8(count & 255)] }
    }

    private static let curve = Array("nistp256".utf8)
    private static let point = [4] + [UInt8](repeating: 7, count: 64)
    private static let secret = [UInt8](repeating: 7, count: 32)
    private static let application = Array("ssh:".utf8)
    private static let exponent: [UInt8] = [1, 0, 1]
    /// Odd, of 2048 bits.
    private static let modulus = [0, 0x80] + [UInt8](repeating: 1, count: 255)

    @Test(arguments: [
        Row("ed25519", .ed25519, secret),
        Row("a point", .ecdsa256, curve, point),
        Row("a token", .tokenEd25519, secret, application),
        Row("a token's application", .tokenEd25519, secret, Array("ssh:debian".utf8)),
        Row("a token's point", .tokenECDSA, curve, point, application),
        Row("RSA", .rsa, exponent, modulus),
        Row("RSA with exponent 3", .rsa, [3], modulus),
    ])
    func isTaken(_ row: Row) throws {
        #expect(try SSHPublicKey(type: row.type, blob: row.blob, comment: "").blob == row.blob)
    }

    @Test(arguments: [
        Row("a byte less", .ed25519, Array(secret.dropLast())),
        Row("a byte more", .ed25519, secret + [7]),
        Row("nothing", .ed25519, []),
        Row("another curve", .ecdsa256, Array("nistp384".utf8), point),
        Row("a short point", .ecdsa256, curve, point.dropLast()),
        Row("a long point", .ecdsa256, curve, point + [7]),
        Row("a compressed point", .ecdsa256, curve, [2] + secret),
        Row("a point's sign", .ecdsa256, curve, [2] + point.dropFirst()),
        Row("an application of the web", .tokenEd25519, secret, Array("https://example.org".utf8)),
        Row("an empty application", .tokenECDSA, curve, point, []),
        Row("exponent 1", .rsa, [1], modulus),
        Row("exponent 0", .rsa, [], modulus),
        Row("an even exponent", .rsa, [2], modulus),
        Row("an even modulus", .rsa, exponent, modulus.dropLast() + [2]),
        Row("a negative modulus", .rsa, exponent, Array(modulus.dropFirst())),
        Row("a zero too many", .rsa, exponent, [0] + modulus),
        Row("a zero before a small digit", .rsa, exponent, [0, 1] + modulus.dropFirst(2)),
    ])
    func isRefused(_ row: Row) {
        #expect(throws: SSHKeyMistake.broken) { try SSHPublicKey(type: row.type, blob: row.blob, comment: "") }
    }

    @Test func theSizeOfRSAIsCountedInBits() throws {
        let bits2047 = Row("", .rsa, Self.exponent, [0x40] + Self.modulus.dropFirst(2))
        #expect(throws: SSHKeyMistake.bits(2047)) { try SSHPublicKey(type: .rsa, blob: bits2047.blob, comment: "") }
        let bits16392 = Row("", .rsa, Self.exponent, [0, 0x80] + [UInt8](repeating: 1, count: 2048))
        #expect(throws: SSHKeyMistake.bits(16_392)) { try SSHPublicKey(type: .rsa, blob: bits16392.blob, comment: "") }
    }
}
