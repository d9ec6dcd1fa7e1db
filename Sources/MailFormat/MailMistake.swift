/// Why bytes are not read as a mail, or a part not as a text. The sender's.
public enum MailMistake: Error, Hashable, Sendable {
    case notAMail
    /// In bytes.
    case tooLarge(size: Int, limit: Int)
    case tooManyHeaders(limit: Int)
    case tooManyParts(limit: Int)
    case tooDeep(limit: Int)
    /// A header no mail program writes.
    case brokenHeader(String)
    /// The verified part has no plain text in it.
    case noText
    /// The text is not in the character set it names, or in one that is not known here.
    case undecodableText(charset: String)
}

extension MailMistake: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notAMail: "This is not a mail."
        case .tooLarge(let size, let limit): "The mail has \(size) bytes; at most \(limit) are read."
        case .tooManyHeaders(let limit): "The mail has more than \(limit) header lines."
        case .tooManyParts(let limit): "The mail has more than \(limit) parts."
        case .tooDeep(let limit): "The mail's parts are nested more than \(limit) deep."
        case .brokenHeader(let name): "The header \(name) is broken."
        case .noText: "The signed part holds no plain text."
        case .undecodableText(let charset): "The signed text is not readable as \(charset); send UTF-8."
        }
    }
}
