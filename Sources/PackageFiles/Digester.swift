public import DurableFiles
public import SystemPackage

/// Digests of what is there as a whole; `Hashing` is for bytes on their way.
public enum Digester {
    /// Reads the file once, from its first byte.
    public static func digests(of file: borrowing OwnedDescriptor) throws(FileFailure) -> FileDigests {
        let hashing = Hashing()
        try file.forEachPiece { piece in hashing.update(piece) }
        return hashing.digests()
    }

    /// Of a regular file; a link or anything else at `path` is refused.
    public static func digests(of path: FilePath) throws(FileFailure) -> FileDigests {
        try digests(of: OwnedDescriptor(opening: path))
    }

    public static func digests(of bytes: [UInt8]) -> FileDigests {
        let hashing = Hashing()
        hashing.update(bytes)
        return hashing.digests()
    }

    public static func md5(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes(DigestAlgorithm.md5.hexDigest) }
    public static func sha1(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes(DigestAlgorithm.sha1.hexDigest) }
    public static func sha256(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes(DigestAlgorithm.sha256.hexDigest) }
    public static func sha512(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes(DigestAlgorithm.sha512.hexDigest) }
}
