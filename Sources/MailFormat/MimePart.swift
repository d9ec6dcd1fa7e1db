internal import CGMime

/// A part of a message: a leaf with content, or a multipart with children.
final class MimePart: MimeObject {
    convenience init(sharing object: UnsafeMutablePointer<GMimeObject>) {
        self.init(sharing: UnsafeMutableRawPointer(object))
    }

    /// `nil` when there is nothing that could be a part.
    convenience init?(parsing bytes: [UInt8]) {
        guard let parsed = MimeParser(bytes).part() else { return nil }
        self.init(taking: parsed)
    }

    /// `text/plain` in UTF-8, to be written.
    convenience init(text: [UInt8], encoding: TransferEncoding) {
        self.init(taking: g_mime_part_new_with_type("text", "plain"))
        let content = ByteStream(text).withStream {
            g_mime_data_wrapper_new_with_stream($0, GMIME_CONTENT_ENCODING_DEFAULT)
        }
        defer { g_object_unref(content) }
        g_mime_part_set_content(part, content)
        withObject { g_mime_object_set_content_type_parameter($0, "charset", "utf-8") }
        g_mime_part_set_content_encoding(part, encoding.gmime)
    }

    private var part: UnsafeMutablePointer<GMimePart> { raw.assumingMemoryBound(to: GMimePart.self) }
    private var multipart: UnsafeMutablePointer<GMimeMultipart> { raw.assumingMemoryBound(to: GMimeMultipart.self) }

    /// Calls C with the part, which lives as long as the call.
    func withObject<Result>(_ body: (UnsafeMutablePointer<GMimeObject>) -> Result) -> Result {
        withExtendedLifetime(self) { body(raw.assumingMemoryBound(to: GMimeObject.self)) }
    }

    var isMultipart: Bool { isKind(of: g_mime_multipart_get_type()) }

    /// In lower case: `message`, `delivery-status`.
    func isType(_ type: String, _ subtype: String) -> Bool {
        withObject { object in
            g_mime_object_get_content_type(object).map { g_mime_content_type_is_type($0, type, subtype) != 0 } ?? false
        }
    }

    /// Of a multipart; none otherwise.
    var children: [MimePart] {
        guard isMultipart else { return [] }
        return (0..<g_mime_multipart_get_count(multipart)).compactMap { index in
            g_mime_multipart_get_part(multipart, index).map { MimePart(sharing: $0) }
        }
    }

    /// Of a message in the message (`message/rfc822`): its body.
    var bodyOfMessage: MimePart? {
        guard isKind(of: g_mime_message_part_get_type()),
            let message = g_mime_message_part_get_message(raw.assumingMemoryBound(to: GMimeMessagePart.self))
        else { return nil }
        return g_mime_message_get_mime_part(message).map { MimePart(sharing: $0) }
    }

    /// Of a leaf: the content without its transfer encoding. A message in the message has none.
    var content: [UInt8]? {
        guard isKind(of: g_mime_part_get_type()), let wrapper = g_mime_part_get_content(part) else { return nil }
        let output = ByteStream()
        guard output.withStream({ g_mime_data_wrapper_write_to_stream(wrapper, $0) }) >= 0 else { return nil }
        return output.bytes
    }

    /// Of a text, converted from its character set; `nil` when that is unknown.
    var convertedText: String? {
        guard isKind(of: g_mime_text_part_get_type()),
            let text = g_mime_text_part_get_text(raw.assumingMemoryBound(to: GMimeTextPart.self))
        else { return nil }
        defer { g_free(text) }
        return String(validatingCString: text)
    }
}

extension TransferEncoding {
    fileprivate var gmime: GMimeContentEncoding {
        switch self {
        case .sevenBit: GMIME_CONTENT_ENCODING_7BIT
        case .eightBit: GMIME_CONTENT_ENCODING_8BIT
        case .quotedPrintable: GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE
        }
    }
}
