/// What a mail server says about a mail of ours that it could not deliver (RFC 3464). All of it is a stranger's word.
public struct BounceReport: Sendable, Hashable {
    /// The mail was given up; else it is only late, and still tried.
    public let isFinal: Bool
    /// One line: `550 5.1.1 <a@example.org>: no such user`.
    public let cause: HeaderText
    /// Message-IDs in the report, that of the mail it is about among them, if it has any.
    public let messageIDs: [MessageID]

    /// `nil` when the mail is no report of a delivery that failed or is late.
    /// - Throws: what `IncomingMail` throws.
    public init?(parsing bytes: [UInt8], limits: MailLimits = .standard) throws(MailMistake) {
        try limits.check(bytes)
        guard let body = MimeMessage(parsing: bytes)?.body, body.isMultipart,
            let status = body.children.prefix(limits.parts).first(where: { $0.isType("message", "delivery-status") }),
            let content = status.content
        else { return nil }
        let fields = Self.fields(String(decoding: content, as: UTF8.self))
        guard let action = fields["action"]?.lowercased(), ["failed", "delayed"].contains(action) else { return nil }
        isFinal = action == "failed"
        let diagnostic = fields["diagnostic-code"].map { $0.drop { $0 != ";" }.dropFirst() } ?? ""
        let said = diagnostic.isEmpty ? fields["status"].map { "status \($0)" } ?? action : String(diagnostic)
        cause = HeaderText(cleaning: said.split(separator: " ").joined(separator: " "))
        messageIDs = Self.messageIDs(bytes)
    }

    /// Of the first group that tells of a recipient; earlier ones tell of the server.
    private static func fields(_ text: String) -> [String: String] {
        var groups: [[String: String]] = [[:]]
        var last: String?
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if line.isEmpty {
                groups.append([:])
            } else if line.first?.isWhitespace == true, let last {
                groups[groups.count - 1][last, default: ""] += " " + line.drop(while: \.isWhitespace)
            } else if let colon = line.firstIndex(of: ":") {
                let name = line[..<colon].lowercased()
                groups[groups.count - 1][name] = String(line[line.index(after: colon)...].drop(while: \.isWhitespace))
                last = name
            }
        }
        return groups.first { $0["action"] != nil } ?? [:]
    }

    /// Servers send back the mail or its headers, as it was or as a part.
    private static func messageIDs(_ bytes: [UInt8]) -> [MessageID] {
        bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).compactMap { line in
            let line = String(decoding: line.prefix(400), as: UTF8.self)
            guard line.lowercased().hasPrefix("message-id:") else { return nil }
            return MessageID(String(line.dropFirst("message-id:".count).filter { !$0.isWhitespace }))
        }
    }
}
