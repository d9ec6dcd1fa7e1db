/// Walks over the parts of a mail and collects what is signed.
struct SignedPartSearch {
    /// What somebody forwards counts as long as they sign nothing themselves: an old text below a new one does not act.
    var found: [SignedContent] { sent.isEmpty ? forwarded : sent }
    private var sent: [SignedContent] = []
    private var forwarded: [SignedContent] = []
    private var isInForwarded = false
    private(set) var isEncrypted = false
    private let mail: [UInt8]
    private let limits: MailLimits
    private var parts = 0
    private var depth = 0

    init(mail: [UInt8], limits: MailLimits) {
        self.mail = mail
        self.limits = limits
    }

    mutating func look(at part: MimePart) throws(MailMistake) {
        parts += 1
        guard parts <= limits.parts else { throw .tooManyParts(limit: limits.parts) }
        switch part.contentType {
        case "multipart/signed": take(signed: part)
        case "multipart/encrypted", "application/pgp-encrypted": isEncrypted = true
        case "text/plain", "application/pgp": take(text: part.content ?? [])
        default: try look(into: part)
        }
    }

    private mutating func look(into part: MimePart) throws(MailMistake) {
        depth += 1
        defer { depth -= 1 }
        guard depth <= limits.depth else { throw .tooDeep(limit: limits.depth) }
        for child in part.children { try look(at: child) }
        guard let body = part.bodyOfMessage else { return }
        let outside = isInForwarded
        isInForwarded = true
        defer { isInForwarded = outside }
        try look(at: body)
    }

    private mutating func take(_ content: SignedContent) {
        if isInForwarded { forwarded.append(content) } else { sent.append(content) }
    }

    private mutating func take(text: [UInt8]) {
        for block in ClearsignedBlocks.all(in: text) { take(.clearsigned(block)) }
        if ClearsignedBlocks.hasEncrypted(text) { isEncrypted = true }
    }

    /// Takes the two parts RFC 3156, section 5, asks for. The signed one is cut out of the mail as it came, since what a
    /// parser would write again need not be the same bytes.
    private mutating func take(signed part: MimePart) {
        let children = part.children
        guard children.count == 2, children[1].contentType == "application/pgp-signature",
            let signature = children[1].content, let boundary = part.contentTypeParameter("boundary"),
            let content = BoundaryCut.firstPart(of: mail, boundary: boundary)
        else { return }
        take(.pgpMime(signature: signature, content: content))
    }
}
