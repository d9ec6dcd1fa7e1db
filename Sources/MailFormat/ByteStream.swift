internal import CGMime

/// A GMime stream in memory.
final class ByteStream: MimeObject {
    init(_ bytes: [UInt8] = []) {
        precondition(Self.isReady)
        super.init(taking: g_mime_stream_mem_new())
        guard !bytes.isEmpty else { return }
        withStream { stream in
            bytes.withUnsafeBytes { buffer in
                _ = g_mime_stream_write(stream, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
                g_mime_stream_reset(stream)
            }
        }
    }

    /// Calls C with the stream, which lives as long as the call.
    func withStream<Result>(_ body: (UnsafeMutablePointer<GMimeStream>) -> Result) -> Result {
        withExtendedLifetime(self) { body(raw.assumingMemoryBound(to: GMimeStream.self)) }
    }

    var bytes: [UInt8] {
        guard let array = g_mime_stream_mem_get_byte_array(raw.assumingMemoryBound(to: GMimeStreamMem.self)) else {
            return []
        }
        return Array(UnsafeBufferPointer(start: array.pointee.data, count: Int(array.pointee.len)))
    }
}
