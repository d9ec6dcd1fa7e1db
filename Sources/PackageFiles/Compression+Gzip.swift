internal import CCompression

extension Compression {
    func gzipMember(of bytes: [UInt8]) throws(CompressionFailure) -> [UInt8] {
        var stream = z_stream()
        let gzipWrapper: CInt = 16
        let started = deflateInit2_(
            &stream, Z_BEST_COMPRESSION, Z_DEFLATED, MAX_WBITS + gzipWrapper, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            CInt(MemoryLayout<z_stream>.size))
        guard started == Z_OK else { throw failure(started) }
        defer { deflateEnd(&stream) }
        var packed = [UInt8](repeating: 0, count: Int(deflateBound(&stream, uLong(bytes.count))))
        let code = deflateAll(bytes, into: &packed, &stream)
        guard code == Z_STREAM_END else { throw failure(code) }
        packed.removeLast(packed.count - Int(stream.total_out))
        return packed
    }

    /// zlib counts in 32 bits, so larger inputs go in by parts.
    private func deflateAll(_ bytes: [UInt8], into packed: inout [UInt8], _ stream: inout z_stream) -> CInt {
        packed.withUnsafeMutableBufferPointer { output in
            bytes.withUnsafeBufferPointer { input in
                while true {
                    let (taken, made) = (Int(stream.total_in), Int(stream.total_out))
                    let part = min(input.count - taken, 1 << 30)
                    stream.next_in = input.baseAddress.map { UnsafeMutablePointer(mutating: $0 + taken) }
                    stream.avail_in = uInt(part)
                    stream.next_out = output.baseAddress.map { $0 + made }
                    stream.avail_out = uInt(min(output.count - made, 1 << 30))
                    let code = deflate(&stream, taken + part == input.count ? Z_FINISH : Z_NO_FLUSH)
                    guard code == Z_OK else { return code }
                }
            }
        }
    }

    func failure(_ code: CInt) -> CompressionFailure { CompressionFailure(compression: self, code: Int(code)) }
}
