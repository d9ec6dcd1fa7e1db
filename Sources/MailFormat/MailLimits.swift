/// How much of a mail is read. Checked on the bytes first: what GMime would make of them takes a hundred times their
/// memory at worst, and it calls itself for each address group within a group until the stack ends.
public struct MailLimits: Sendable {
    /// The whole mail. A command mail with a key in it has some 20,000.
    public var bytes = 1 << 20
    /// Parts, and lines that look like the boundary of one, times ten.
    public var parts = 100
    /// Multiparts within each other. List software adds one or two.
    public var depth = 10
    /// Lines of the mail's own headers; each relay adds a few.
    public var headerLines = 1000

    public static let standard = MailLimits()

    public init() {}

    /// Throws for what must not reach GMime.
    func check(_ mail: [UInt8]) throws(MailMistake) {
        guard mail.count <= bytes else { throw .tooLarge(size: mail.count, limit: bytes) }
        var (isHeader, headers, boundaries) = (true, 0, 0)
        var addresses = AddressHeaderCheck()
        for line in mail.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            if line.isEmpty || line == [UInt8(ascii: "\r")] { isHeader = false }
            if isHeader { headers += 1 }
            if line.starts(with: "--".utf8) { boundaries += 1 }
            guard headers <= headerLines else { throw .tooManyHeaders(limit: headerLines) }
            guard boundaries <= 10 * parts else { throw .tooManyParts(limit: parts) }
            try addresses.take(line)
        }
    }
}

/// Refuses address headers, of any part, with more groups than anybody needs.
private struct AddressHeaderCheck {
    private static let names = ["from", "sender", "reply-to", "to", "cc", "bcc"]
    private static let groupLimit = 100

    /// The address header the last line was of.
    private var name: String?
    private var colons = 0

    mutating func take(_ line: ArraySlice<UInt8>) throws(MailMistake) {
        if line.first != 0x20 && line.first != 0x09 {
            name = Self.name(of: line)
            colons = 0
        }
        guard let name else { return }
        colons += line.count { $0 == UInt8(ascii: ":") }
        guard colons <= Self.groupLimit else { throw .brokenHeader(name) }
    }

    private static func name(of line: ArraySlice<UInt8>) -> String? {
        let head = line.prefix(40)
        guard let colon = head.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let name = String(decoding: head[..<colon], as: UTF8.self).lowercased().filter { !$0.isWhitespace }
        return names.first { name.hasSuffix($0) }
    }
}
