/// What stands in a file that may be clearsigned, and whose signature nobody asks about. Nothing of it is proven.
///
/// A `.buildinfo` is one: debsign signs it, others do not, and what counts is that a signed `.changes` lists its bytes.
public struct UnprovenText: Sendable {
    /// Bytes that are not UTF-8 are replaced.
    public let text: String

    private static let opening = "-----BEGIN PGP SIGNED MESSAGE-----"

    /// - Throws: when it begins like a clearsigned text and is none.
    public init(reading bytes: [UInt8]) throws(SignatureRefusal) {
        guard bytes.starts(with: Self.opening.utf8) else {
            text = String(decoding: bytes, as: UTF8.self)
            return
        }
        text = String(decoding: try ClearsignedBlock(checking: bytes).text.bytes, as: UTF8.self)
    }
}
