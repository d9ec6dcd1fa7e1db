/// The kinds of keys that are taken: what OpenSSH takes by default, with RSA from 2048 bits on.
public enum SSHKeyType: String, Sendable, CaseIterable {
    case ed25519 = "ssh-ed25519"
    case ecdsa256 = "ecdsa-sha2-nistp256"
    case ecdsa384 = "ecdsa-sha2-nistp384"
    case ecdsa521 = "ecdsa-sha2-nistp521"
    /// In a token (FIDO).
    case tokenEd25519 = "sk-ssh-ed25519@openssh.com"
    case tokenECDSA = "sk-ecdsa-sha2-nistp256@openssh.com"
    case rsa = "ssh-rsa"

    /// In bits. Less is within reach of those who have time and money; OpenSSL reads no more.
    static let sizesOfRSA = 2048...16_384

    /// Whether the blob is a key of this type, whole and with nothing behind it.
    func check(_ blob: [UInt8]) throws(SSHKeyMistake) {
        var fields = KeyFields(blob)
        guard let name = fields.next() else { throw .broken }
        guard name.elementsEqual(rawValue.utf8) else { throw .otherType }
        try checkRest(&fields)
        guard fields.isAtEnd else { throw .broken }
    }

    /// RFC 8709, 5656 and 4253; PROTOCOL.u2f of OpenSSH.
    private func checkRest(_ fields: inout KeyFields) throws(SSHKeyMistake) {
        switch self {
        case .ed25519: try fields.expect(bytes: 32)
        case .ecdsa256: try fields.expectPoint(on: "nistp256", bytes: 32)
        case .ecdsa384: try fields.expectPoint(on: "nistp384", bytes: 48)
        case .ecdsa521: try fields.expectPoint(on: "nistp521", bytes: 66)
        case .tokenEd25519:
            try fields.expect(bytes: 32)
            try fields.expectApplication()
        case .tokenECDSA:
            try fields.expectPoint(on: "nistp256", bytes: 32)
            try fields.expectApplication()
        case .rsa:
            guard let exponent = fields.nextOddNumber(), exponent > 1, let bits = fields.nextOddNumber() else {
                throw .broken
            }
            guard Self.sizesOfRSA.contains(bits) else { throw .bits(bits) }
        }
    }
}

/// The fields of a key's blob, each with its length in front.
private struct KeyFields {
    private var rest: ArraySlice<UInt8>

    init(_ blob: [UInt8]) { rest = blob[...] }

    var isAtEnd: Bool { rest.isEmpty }

    /// nil when the length is not there, or says more than there is.
    mutating func next() -> ArraySlice<UInt8>? {
        guard rest.count >= 4 else { return nil }
        let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        guard rest.count - 4 >= length else { return nil }
        defer { rest = rest.dropFirst(4 + length) }
        return rest.dropFirst(4).prefix(length)
    }

    /// A positive odd number, written in the one way RFC 4251 has for it: how many bits it has.
    mutating func nextOddNumber() -> Int? {
        guard let bytes = next(), let first = bytes.first, let last = bytes.last, first < 0x80, last & 1 == 1 else {
            return nil
        }
        let digits = first == 0 ? bytes.dropFirst() : bytes
        guard let top = digits.first, first != 0 || top >= 0x80 else { return nil }
        return digits.count * 8 - top.leadingZeroBitCount
    }

    mutating func expect(bytes count: Int) throws(SSHKeyMistake) {
        guard next()?.count == count else { throw .broken }
    }

    /// A point that is not compressed: 4, and two numbers of so many bytes.
    mutating func expectPoint(on curve: String, bytes count: Int) throws(SSHKeyMistake) {
        guard next()?.elementsEqual(curve.utf8) == true else { throw .broken }
        guard let point = next(), point.count == 1 + 2 * count, point.first == 4 else { throw .broken }
    }

    /// What a token's key is for: "ssh:" and more.
    mutating func expectApplication() throws(SSHKeyMistake) {
        guard next()?.starts(with: "ssh:".utf8) == true else { throw .broken }
    }
}
