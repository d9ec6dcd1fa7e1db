internal import CCompression

/// The file format is that of xz-file-format.txt: a header, blocks, an index of their sizes, a footer.
extension Compression {
    func xzBlock(of bytes: [UInt8]) throws(CompressionFailure) -> CompressedSegment {
        var options = lzma_options_lzma()
        guard lzma_lzma_preset(&options, 6) == 0 else { throw failure(LZMA_OPTIONS_ERROR) }
        options.dict_size = dictionarySize(for: bytes.count, preset: options.dict_size)
        var packed = [UInt8](repeating: 0, count: lzma_block_buffer_bound(bytes.count))
        var (used, unpadded) = (0, 0)
        let code = withFilters(&options) { filters in
            var block = lzma_block()
            block.check = LZMA_CHECK_CRC64
            block.filters = filters
            let code = lzma_block_buffer_encode(&block, nil, bytes, bytes.count, &packed, &used, packed.count)
            unpadded = Int(lzma_block_unpadded_size(&block))
            return code
        }
        guard code == LZMA_OK else { throw failure(code) }
        packed.removeLast(packed.count - used)
        return CompressedSegment(bytes: packed, unpackedSize: bytes.count, unpaddedSize: unpadded)
    }

    /// No larger than the text: the encoder clears tables in proportion to it, which for small segments is most of the
    /// work.
    private func dictionarySize(for count: Int, preset: UInt32) -> UInt32 {
        var size = UInt32(64 << 10)
        while size < preset && Int(size) < count { size *= 2 }
        return size
    }

    private func withFilters<Result>(
        _ options: inout lzma_options_lzma, _ body: (UnsafeMutablePointer<lzma_filter>?) -> Result
    ) -> Result {
        withUnsafeMutablePointer(to: &options) { options in
            let end = lzma_filter(id: .max, options: nil)  // LZMA_VLI_UNKNOWN
            var filters = [lzma_filter(id: lzma_vli(0x21), options: options), end]  // LZMA_FILTER_LZMA2
            return filters.withUnsafeMutableBufferPointer { body($0.baseAddress) }
        }
    }

    func xzStream(of blocks: [CompressedSegment]) throws(CompressionFailure) -> [UInt8] {
        let index = try xzIndex(of: blocks)
        var flags = lzma_stream_flags()
        flags.check = LZMA_CHECK_CRC64
        flags.backward_size = lzma_vli(index.count)
        var header = [UInt8](repeating: 0, count: Int(LZMA_STREAM_HEADER_SIZE))
        var footer = header
        for code in [lzma_stream_header_encode(&flags, &header), lzma_stream_footer_encode(&flags, &footer)] {
            guard code == LZMA_OK else { throw failure(code) }
        }
        return Array(([header] + blocks.map(\.bytes) + [index, footer]).joined())
    }

    private func xzIndex(of blocks: [CompressedSegment]) throws(CompressionFailure) -> [UInt8] {
        guard let index = lzma_index_init(nil) else { throw failure(LZMA_MEM_ERROR) }
        defer { lzma_index_end(index, nil) }
        for block in blocks {
            let code = lzma_index_append(index, nil, lzma_vli(block.unpaddedSize), lzma_vli(block.unpackedSize))
            guard code == LZMA_OK else { throw failure(code) }
        }
        var packed = [UInt8](repeating: 0, count: Int(lzma_index_size(index)))
        var used = 0
        let code = lzma_index_buffer_encode(index, &packed, &used, packed.count)
        guard code == LZMA_OK else { throw failure(code) }
        return packed
    }

    private func failure(_ code: lzma_ret) -> CompressionFailure {
        CompressionFailure(compression: self, code: Int(code.rawValue))
    }
}
