/// The digests control files carry.
public enum DigestAlgorithm: String, Hashable, Sendable, CaseIterable {
    case md5, sha1, sha256, sha512

    /// Of the digest in hexadecimal, in characters.
    public var hexLength: Int {
        switch self {
        case .md5: 32
        case .sha1: 40
        case .sha256: 64
        case .sha512: 128
        }
    }

    /// Lower-case hexadecimal of the right length; upper case is taken and lowered.
    func hex(_ text: Substring) -> String? {
        let lower = text.utf8.map(\.lowerCased)
        guard lower.count == hexLength, lower.allSatisfy(\.isLowerHex) else { return nil }
        return String(decoding: lower, as: UTF8.self)
    }

    /// The field of a .changes, .dsc or .buildinfo that lists it; `Files` is the older name of `Checksums-Md5`.
    var field: String {
        switch self {
        case .md5: "Checksums-Md5"
        case .sha1: "Checksums-Sha1"
        case .sha256: "Checksums-Sha256"
        case .sha512: "Checksums-Sha512"
        }
    }

    /// The field that dpkg lists it in.
    var usualField: String { self == .md5 ? "Files" : field }

    /// `Files` lists MD5.
    static func listed(by field: String) -> DigestAlgorithm {
        allCases.first { $0.field.equalsIgnoringCase(field) } ?? .md5
    }
}
