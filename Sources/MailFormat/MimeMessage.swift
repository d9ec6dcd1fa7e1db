internal import ArchiveModel
internal import CGMime

/// A whole message, read or to be written.
final class MimeMessage: MimeObject {
    private var message: UnsafeMutablePointer<GMimeMessage> { raw.assumingMemoryBound(to: GMimeMessage.self) }

    /// An empty one.
    init() {
        precondition(Self.isReady)
        super.init(taking: g_mime_message_new(1))
    }

    /// `nil` when there is nothing that could be a message.
    init?(parsing bytes: [UInt8]) {
        guard let parsed = MimeParser(bytes).message() else { return nil }
        super.init(taking: parsed)
    }

    // MARK: Reading

    /// Its own headers, or those of its content, which GMime keeps apart.
    var hasHeaders: Bool { hasOwnHeaders || body?.hasOwnHeaders == true }

    /// The first address of `From`; what does not fit into a `MailAddress` is none.
    var from: MailAddress? {
        guard let list = g_mime_message_get_from(message), internet_address_list_length(list) > 0,
            let first = internet_address_list_get_address(list, 0),
            MimeAddress.isMailbox(first)
        else { return nil }
        return MimeAddress.mailbox(first)
    }

    var subject: String? { g_mime_message_get_subject(message).map { String(cString: $0) } }

    var messageID: MessageID? { g_mime_message_get_message_id(message).flatMap { MessageID(String(cString: $0)) } }

    var body: MimePart? { g_mime_message_get_mime_part(message).map { MimePart(sharing: $0) } }

    // MARK: Writing

    enum AddressHeader { case from, to, replyTo }

    func addAddress(_ address: MailAddress, _ header: AddressHeader) {
        let type =
            switch header {
            case .from: GMIME_ADDRESS_TYPE_FROM
            case .to: GMIME_ADDRESS_TYPE_TO
            case .replyTo: GMIME_ADDRESS_TYPE_REPLY_TO
            }
        // A name without any blank could be longer than a line may be.
        let name = address.name.map { HeaderText(cleaning: $0).text }
        let mailbox = internet_address_mailbox_new(name, address.address)
        defer { g_object_unref(mailbox) }
        internet_address_set_charset(mailbox, "utf-8")
        internet_address_list_add(g_mime_message_get_addresses(message, type), mailbox)
    }

    func setSubject(_ text: HeaderText) { g_mime_message_set_subject(message, text.text, "utf-8") }

    func setMessageID(_ id: MessageID) { g_mime_message_set_message_id(message, id.text) }

    func setDate(_ seconds: Int64) {
        let date = g_date_time_new_from_unix_utc(gint64(seconds))
        defer { date.map { g_date_time_unref($0) } }
        g_mime_message_set_date(message, date)
    }

    func setHeader(_ name: String, _ value: String) {
        g_mime_object_set_header(raw.assumingMemoryBound(to: GMimeObject.self), name, value, "utf-8")
    }

    /// The body, `text/plain` in UTF-8.
    func setText(_ text: [UInt8], encoding: TransferEncoding) {
        let part = MimePart(text: text, encoding: encoding)
        part.withObject { g_mime_message_set_mime_part(message, $0) }
    }

    /// The message with LF line ends.
    func bytes() -> [UInt8] {
        let options = g_mime_format_options_clone(nil)
        defer { g_mime_format_options_free(options) }
        g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_UNIX)
        let output = ByteStream()
        let object = raw.assumingMemoryBound(to: GMimeObject.self)
        _ = output.withStream { g_mime_object_write_to_stream(object, options, $0) }
        return output.bytes
    }
}
