/// A clearsigned block in exactly the form in which gpg writes it: what can be checked without gpg.
///
/// Every liberty that RFC 4880 leaves (other line ends, blanks at line ends, further headers, an armor cut elsewhere or
/// without checksum) makes it none, and is gpg's to judge. What is no `ClearsignedBlock` is none either.
struct PlainSignedBlock {
    let signature: DocumentSignature
    /// What the signature is over, of the text: its lines, ended by CR LF but for the last (RFC 4880, section 7.1).
    let signedText: [UInt8]

    /// - Parameter bytes: have been taken by `ClearsignedBlock`.
    init?(_ bytes: [UInt8]) {
        guard let digest = PlainDigest.allCases.first(where: { bytes.starts(with: $0.heading) }),
            let end = Self.armor(in: bytes), end.start >= digest.heading.count,
            let packets = SignaturePackets.bodies(in: end.packets), packets.count == 1,
            let signature = DocumentSignature(packets[0]), signature.digest == digest,
            let text = Self.signedText(bytes[digest.heading.count..<end.start])
        else { return nil }
        self.signature = signature
        self.signedText = text
    }

    /// Where the text ends, and the packets of the armor behind it, when this is how gpg would write them.
    private static func armor(in bytes: [UInt8]) -> (start: Int, packets: [UInt8])? {
        let opening = Array("\n-----BEGIN PGP SIGNATURE-----\n\n".utf8)
        let first = max(0, bytes.count - PlainArmor.sizeLimit)
        let last = stride(from: bytes.count - opening.count, through: first, by: -1)
        guard let start = last.first(where: { bytes[$0...].starts(with: opening) }) else { return nil }
        let armor = bytes[(start + opening.count)...]
        let base64 = armor.split(separator: UInt8(ascii: "\n")).prefix { $0.first != UInt8(ascii: "=") }.joined()
        guard let packets = Base64.decode(Array(base64)), armor.elementsEqual(PlainArmor.lines(of: packets)) else {
            return nil
        }
        return (start, packets)
    }

    private static func signedText(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var signed: [UInt8] = []
        signed.reserveCapacity(text.count + text.count / 16)
        for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            guard line.trimmingBlanks().count == line.count, !line.contains(0) else { return nil }
            if line.startIndex != text.startIndex { signed += [0x0D, 0x0A] }
            signed += line.hasPrefix("- ") ? line.dropFirst(2) : line
        }
        return signed
    }
}

/// The digests that gpg signs with, of those that count.
enum PlainDigest: Int, CaseIterable {
    case sha256 = 8, sha384 = 9, sha512 = 10

    var heading: [UInt8] {
        let name =
            switch self {
            case .sha256: "SHA256"
            case .sha384: "SHA384"
            case .sha512: "SHA512"
            }
        return Array("-----BEGIN PGP SIGNED MESSAGE-----\nHash: \(name)\n\n".utf8)
    }
}

/// Armor as gpg writes it: base64 in lines of 64, then a checksum (RFC 4880, section 6).
enum PlainArmor {
    /// In bytes, of the whole armor: a signature by RSA-8192 has 1.6 KiB.
    static let sizeLimit = 4 << 10

    static func lines(of packets: [UInt8]) -> [UInt8] {
        let digits = Base64.encode(packets)
        var lines: [UInt8] = []
        for start in stride(from: 0, to: digits.count, by: 64) {
            lines += digits[start..<min(start + 64, digits.count)] + [UInt8(ascii: "\n")]
        }
        let sum = checksum(packets)
        let bytes = [sum >> 16, sum >> 8, sum].map { UInt8(truncatingIfNeeded: $0) }
        return lines + Array("=".utf8) + Base64.encode(bytes) + Array("\n-----END PGP SIGNATURE-----\n".utf8)
    }

    /// CRC-24 of RFC 4880, section 6.1.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var sum: UInt32 = 0xB704CE
        for byte in bytes {
            sum ^= UInt32(byte) << 16
            for _ in 0..<8 {
                sum <<= 1
                if sum & 0x1000000 != 0 { sum ^= 0x1864CFB }
            }
        }
        return sum & 0xFFFFFF
    }
}
