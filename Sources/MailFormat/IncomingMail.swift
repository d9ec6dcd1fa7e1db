public import ArchiveModel

/// What Slipway wants to know of a mail that came in. All of it is a stranger's word, the sender's address as well; only
/// what a verifier makes of `signedParts` is more.
public struct IncomingMail: Sendable {
    public let messageID: MessageID?
    /// Unproven: anybody can write any address there.
    public let from: MailAddress?
    /// Empty when there is none.
    public let subject: HeaderText
    /// `Auto-Submitted`, in lower case, without parameters: `no`, `auto-replied`, …
    public let autoSubmitted: String?
    /// `Precedence`, in lower case: `bulk`, `list`, …
    public let precedence: String?
    /// It has a `Return-Path` without an address: it is a bounce.
    public let returnPathIsNull: Bool
    /// Whatever is signed, in the order of the mail; nothing is verified. Of a mail in the mail (`message/rfc822`) only where
    /// nothing else is signed.
    public let signedParts: [SignedContent]
    /// Something in it is encrypted.
    public let isEncrypted: Bool

    /// A program sent it; answering could begin an endless exchange (RFC 3834, section 2).
    public var isAutomatic: Bool {
        returnPathIsNull || (autoSubmitted ?? "no") != "no" || ["bulk", "junk", "list"].contains(precedence)
    }

    public init(parsing bytes: [UInt8], limits: MailLimits = .standard) throws(MailMistake) {
        try limits.check(bytes)
        guard let message = MimeMessage(parsing: bytes), message.hasHeaders else { throw .notAMail }
        messageID = message.messageID
        from = message.from
        subject = HeaderText(cleaning: message.subject ?? "")
        autoSubmitted = message.header("Auto-Submitted").map(Self.firstWord)
        precedence = message.header("Precedence").map(Self.firstWord)
        // Postfix's pipe(8) has MAILER-DAEMON in place of nothing, unless told otherwise.
        returnPathIsNull = ["<>", "<MAILER-DAEMON>"].contains(
            message.header("Return-Path")?.filter { !$0.isWhitespace })
        var search = SignedPartSearch(mail: bytes, limits: limits)
        if let body = message.body { try search.look(at: body) }
        signedParts = search.found
        isEncrypted = search.isEncrypted
    }

    private static func firstWord(_ value: String) -> String {
        String(value.prefix { $0 != ";" && $0 != "(" }.lowercased().filter { !$0.isWhitespace })
    }
}
