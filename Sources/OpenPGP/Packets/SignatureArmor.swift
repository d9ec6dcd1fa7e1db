/// The armored signature (RFC 4880, section 6.2), checked before gpg sees it: one signature packet and nothing else.
enum SignatureArmor {
    static let opening: StaticString = "-----BEGIN PGP SIGNATURE-----"
    /// In bytes of base64: an RSA-16384 signature with notations stays below it, and a sender cannot make us
    /// check thousands of signatures.
    static let sizeLimit = 16 << 10

    /// Checks a detached signature.
    static func check(detached bytes: [UInt8]) throws(SignatureRefusal) {
        guard bytes.count <= 2 * sizeLimit else { throw .tooLarge(size: bytes.count, limit: 2 * sizeLimit) }
        var lines = LineCursor(bytes)
        guard let first = lines.next(), first.isLine(opening) else {
            throw .damaged(line: 1, mistake: "an armored detached signature begins with \(opening)")
        }
        try check(&lines)
        if lines.contains(where: { !$0.trimmingBlanks().isEmpty }) { throw .textAfterSignature }
    }

    /// Reads on behind the opening line, up to and with the closing line.
    static func check(_ lines: inout LineCursor) throws(SignatureRefusal) {
        try readHeaders(&lines)
        let base64 = try readBody(&lines)
        guard let packets = Base64.decode(base64), let count = SignaturePackets.count(in: packets) else {
            throw .damaged(line: lines.number, mistake: "the armor does not hold a signature")
        }
        guard count == 1 else { throw .severalSignatures }
    }

    /// `Version`, `Comment` and the like; a blank line ends them.
    private static func readHeaders(_ lines: inout LineCursor) throws(SignatureRefusal) {
        while let line = lines.next() {
            let kept = line.trimmingBlanks()
            if kept.isEmpty { return }
            let name = kept.prefix { Character(UnicodeScalar($0)).isASCIIWord }
            guard !name.isEmpty, kept.dropFirst(name.count).hasPrefix(":") else {
                throw .damaged(line: lines.number, mistake: "the armor's headers do not end with a blank line")
            }
        }
        throw .cutOff
    }

    private static func readBody(_ lines: inout LineCursor) throws(SignatureRefusal) -> [UInt8] {
        var base64: [UInt8] = []
        var checksumSeen = false
        while let line = lines.next() {
            let kept = line.trimmingBlanks()
            if kept.isLine("-----END PGP SIGNATURE-----") { return base64 }
            guard !checksumSeen, kept.allSatisfy(Base64.isDigitOrPadding) else {
                throw .damaged(line: lines.number, mistake: "it is not base64")
            }
            checksumSeen = kept.first == UInt8(ascii: "=") && kept.count == 5
            if !checksumSeen { base64.append(contentsOf: kept) }
            guard base64.count <= sizeLimit else { throw .tooLarge(size: base64.count, limit: sizeLimit) }
        }
        throw .cutOff
    }
}

extension Character {
    /// An ASCII letter or digit.
    var isASCIIWord: Bool { isASCII && (isLetter || isNumber) }
}
