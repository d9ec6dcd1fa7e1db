internal import CGMime

/// GMime's parser over bytes in memory.
final class MimeParser: MimeObject {
    private var parser: UnsafeMutablePointer<GMimeParser> { raw.assumingMemoryBound(to: GMimeParser.self) }

    init(_ bytes: [UInt8]) {
        let stream = ByteStream(bytes)
        super.init(taking: stream.withStream { UnsafeMutableRawPointer(g_mime_parser_new_with_stream($0)) })
    }

    /// The caller's to give back.
    func message() -> UnsafeMutableRawPointer? {
        UnsafeMutableRawPointer(g_mime_parser_construct_message(parser, nil))
    }

    /// The caller's to give back.
    func part() -> UnsafeMutableRawPointer? {
        UnsafeMutableRawPointer(g_mime_parser_construct_part(parser, nil))
    }
}
