/// Something signed in a mail, cut out for the verifier and not verified.
public enum SignedContent: Hashable, Sendable {
    /// One clearsigned block, from its BEGIN line to its END line, without transfer encoding.
    case clearsigned([UInt8])
    /// PGP/MIME (RFC 3156): the detached armored signature, and the part it covers, headers included, exactly as it came
    /// but for line ends, which are CRLF.
    case pgpMime(signature: [UInt8], content: [UInt8])
}

extension SignedContent {
    /// The plain text of a PGP/MIME content: its first `text/plain` part, without transfer encoding, in UTF-8, with LF.
    ///
    /// Only for bytes that were verified.
    public static func text(
        ofVerifiedPart bytes: [UInt8], limits: MailLimits = .standard
    ) throws(MailMistake) -> String {
        try limits.check(bytes)
        guard let part = MimePart(parsing: bytes), let text = try part.firstPlainText(within: limits.depth) else {
            throw .noText
        }
        return try text.utf8Text().replacing("\r\n", with: "\n")
    }
}

extension MimePart {
    fileprivate func firstPlainText(within depth: Int) throws(MailMistake) -> MimePart? {
        guard depth > 0 else { throw .tooDeep(limit: MailLimits.standard.depth) }
        if contentType == "text/plain" { return self }
        for child in children {
            if let text = try child.firstPlainText(within: depth - 1) { return text }
        }
        return nil
    }

    /// Strict where the text says UTF-8 or nothing: a command must not be guessed.
    fileprivate func utf8Text() throws(MailMistake) -> String {
        let charset = contentTypeParameter("charset")?.lowercased() ?? "us-ascii"
        let text =
            ["utf-8", "us-ascii"].contains(charset)
            ? content.flatMap { String(validating: $0, as: UTF8.self) } : convertedText
        guard let text else { throw .undecodableText(charset: charset) }
        return text
    }
}
