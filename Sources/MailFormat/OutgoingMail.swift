public import ArchiveModel

/// One mail to one person: plain text in UTF-8 (RFC 5322, 2045, 2047).
public struct OutgoingMail: Sendable, Hashable {
    /// Why no person wrote it (RFC 3834, section 5); no mail system answers either.
    public enum Automatic: String, Sendable {
        /// Something happened.
        case generated = "auto-generated"
        /// It answers the recipient's mail.
        case replied = "auto-replied"
    }

    public struct Header: Sendable, Hashable {
        public let name: HeaderName
        public let value: HeaderText

        public init(_ name: HeaderName, _ value: HeaderText) {
            self.name = name
            self.value = value
        }
    }

    public var from: MailAddress
    public var to: MailAddress
    public var replyTo: MailAddress?
    public var subject: HeaderText
    public var messageID: MessageID
    public var inReplyTo: MessageID?
    /// The thread, oldest first.
    public var references: [MessageID]
    /// Seconds since 1970.
    public var date: Int64
    public var automatic: Automatic
    public var headers: [Header]
    /// Lines end in LF, the last one as well when it is sent; CRLF becomes LF. Control characters and lines of any
    /// length are carried, encoded.
    public var body: String

    public init(
        from: MailAddress, to: MailAddress, replyTo: MailAddress? = nil, subject: HeaderText, messageID: MessageID,
        inReplyTo: MessageID? = nil, references: [MessageID] = [], date: Int64, automatic: Automatic = .generated,
        headers: [Header] = [], body: String
    ) {
        self.from = from
        self.to = to
        self.replyTo = replyTo
        self.subject = subject
        self.messageID = messageID
        self.inReplyTo = inReplyTo
        self.references = references
        self.date = date
        self.automatic = automatic
        self.headers = headers
        self.body = body
    }

    /// The mail for `sendmail` or a Maildir: lines end in LF and have at most 998 bytes. The same value gives the same
    /// bytes.
    /// - Parameter inEightBits: whether bytes above 127 may stand in the text (RFC 6152); else it is encoded.
    public func rendered(inEightBits: Bool = true) -> [UInt8] {
        let message = MimeMessage()
        message.addAddress(from, .from)
        message.addAddress(to, .to)
        if let replyTo { message.addAddress(replyTo, .replyTo) }
        message.setSubject(subject)
        message.setDate(date)
        message.setMessageID(messageID)
        if let inReplyTo { message.setHeader("In-Reply-To", inReplyTo.description) }
        if !references.isEmpty {
            message.setHeader("References", references.map(\.description).joined(separator: " "))
        }
        message.setHeader("Auto-Submitted", automatic.rawValue)
        for header in headers { message.setHeader(header.name.text, header.value.text) }
        let lineEnd = UInt8(ascii: "\n")
        let text = Array(body.utf8) + (body.utf8.last == lineEnd || body.isEmpty ? [] : [lineEnd])
        message.setText(text, encoding: TransferEncoding(for: text, inEightBits: inEightBits))
        return message.bytes()
    }
}
