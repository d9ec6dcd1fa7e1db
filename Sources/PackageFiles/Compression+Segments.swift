internal import CCompression

/// A part of a file, compressed by itself, so that it can be kept and joined with others again: a gzip member or an xz
/// block.
public struct CompressedSegment: Sendable, Hashable, Codable {
    public let bytes: [UInt8]
    /// In bytes, before compression.
    public let unpackedSize: Int
    /// An xz block's size without the padding at its end, which the index of the file lists; a gzip member's size.
    public let unpaddedSize: Int

    /// Puts a segment together again that was kept somewhere.
    public init(bytes: [UInt8], unpackedSize: Int, unpaddedSize: Int) {
        self.bytes = bytes
        self.unpackedSize = unpackedSize
        self.unpaddedSize = unpaddedSize
    }
}

/// An index of which a part changed costs only that part: unchanged segments are joined as they are.
///
/// Of Debian's own Packages, 11 MB: xz in segments of 256 KiB takes a third of the time of one piece and is 14 %
/// larger; of 64 KiB, as fast, and 24 % larger.
extension Compression {
    public func compress(segment bytes: [UInt8]) throws(CompressionFailure) -> CompressedSegment {
        switch self {
        case .gzip:
            let member = try gzipMember(of: bytes)
            return CompressedSegment(bytes: member, unpackedSize: bytes.count, unpaddedSize: member.count)
        case .xz:
            return try xzBlock(of: bytes)
        }
    }

    /// One standard file of segments made by the same compression, which unpacks to their texts in order: a gzip file
    /// of several members (RFC 1952, 2.2), or an xz stream of several blocks as `xz -T` writes it.
    public func join(_ segments: [CompressedSegment]) throws(CompressionFailure) -> [UInt8] {
        switch self {
        case .gzip: segments.isEmpty ? try gzipMember(of: []) : Array(segments.map(\.bytes).joined())
        case .xz: try xzStream(of: segments)
        }
    }

    /// Compresses each segment and joins them.
    public func compressSegments(_ segments: [[UInt8]]) throws(CompressionFailure) -> [UInt8] {
        var compressed: [CompressedSegment] = []
        for segment in segments where !segment.isEmpty { compressed.append(try compress(segment: segment)) }
        return try join(compressed)
    }
}
