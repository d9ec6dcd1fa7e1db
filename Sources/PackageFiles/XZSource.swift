internal import CCompression

/// Unpacks an xz or lzma part with a bound on memory, which libarchive has not: a part names the size of its own
/// dictionary, and may name 4 GiB.
final class XZSource: PieceSource {
    private let packed: PartSource
    private let part: String
    private let memoryLimit: UInt64
    private var stream = lzma_stream()
    private var atEnd = false
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)

    init(_ part: DebParts.Part, of parts: DebParts, memoryLimit: UInt64) throws {
        packed = PartSource(part, of: parts)
        self.part = part.name
        self.memoryLimit = memoryLimit
        // One stream and no more: dpkg does not read on after the first, and so must not we.
        try check(
            part.compression == .lzma
                ? lzma_alone_decoder(&stream, memoryLimit)
                : lzma_stream_decoder(&stream, memoryLimit, 0))
    }

    deinit {
        lzma_end(&stream)
        buffer.deallocate()
    }

    func next() throws -> UnsafeRawBufferPointer {
        stream.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_out = buffer.count
        while !atEnd, stream.avail_out > 0 {
            if stream.avail_in == 0 {
                let piece = try packed.next()
                stream.next_in = piece.baseAddress?.assumingMemoryBound(to: UInt8.self)
                stream.avail_in = piece.count
            }
            let code = lzma_code(&stream, stream.avail_in == 0 ? LZMA_FINISH : LZMA_RUN)
            atEnd = code == LZMA_STREAM_END
            if !atEnd { try check(code) }
        }
        return UnsafeRawBufferPointer(rebasing: buffer[..<(buffer.count - stream.avail_out)])
    }

    private func check(_ code: lzma_ret) throws {
        switch code {
        case LZMA_OK: return
        case LZMA_MEMLIMIT_ERROR:
            throw DebFileMistake.tooLarge(what: "an xz dictionary in \(part)", limit: Int64(memoryLimit))
        case LZMA_BUF_ERROR: throw DebFileMistake.truncated(part: part)
        case LZMA_MEM_ERROR: throw CompressionFailure(compression: .xz, code: Int(code.rawValue))
        default: throw DebFileMistake.damaged(part: part, reason: "its compressed data is wrong")
        }
    }
}
