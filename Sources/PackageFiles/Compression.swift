internal import CCompression

/// The compressions of index files. The same bytes always give the same result: no time and no name is in it.
public enum Compression: String, Sendable, CaseIterable, Codable {
    /// zlib's best, in a gzip member without time and name, as `gzip -9n` writes it.
    case gzip
    /// LZMA2 at preset 6 with CRC64, as `xz -6` writes it.
    case xz

    /// With the dot: ".gz", ".xz".
    public var fileExtension: String { self == .gzip ? ".gz" : ".xz" }

    /// One file of one piece.
    public func compress(_ bytes: [UInt8]) throws(CompressionFailure) -> [UInt8] {
        switch self {
        case .gzip: try gzipMember(of: bytes)
        case .xz: try join(bytes.isEmpty ? [] : [xzBlock(of: bytes)])
        }
    }
}

/// The library refused, which is ours to mend: there is no memory, or it is another version than we were built for.
public struct CompressionFailure: Error, Equatable, Sendable, CustomStringConvertible {
    public let compression: Compression
    /// What zlib or liblzma returned.
    public let code: Int
    public var description: String { "\(compression.rawValue) failed with code \(code)" }
}
