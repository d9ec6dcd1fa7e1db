/// A digest by its OpenPGP number (RFC 4880, section 9.4; RFC 9580, section 9.5).
struct DigestAlgorithm: Equatable {
    let number: Int

    /// Those nobody can make collisions for. What is not listed is refused.
    var isStrong: Bool { [8, 9, 10, 11, 12, 14].contains(number) }

    var name: String { Self.names[number] ?? "digest algorithm \(number)" }

    private static let names = [
        1: "MD5", 2: "SHA-1", 3: "RIPEMD160", 8: "SHA-256", 9: "SHA-384", 10: "SHA-512", 11: "SHA-224",
        12: "SHA3-256", 14: "SHA3-512",
    ]
}
