public import ArchiveModel
public import MailFormat

/// Puts letters into words: a value from the outbox becomes a mail.
public struct LetterWriter: Sendable {
    private let configuration: MailerConfiguration
    private let templates: MailTemplates

    /// - Throws: `TemplateMistake` when a template of the settings' folder cannot be used.
    public init(_ configuration: MailerConfiguration) throws {
        self.configuration = configuration
        templates = try MailTemplates(folder: configuration.templates)
    }

    /// - Parameter date: when the letter was queued, in Unix seconds. The same letter makes the same bytes whenever it
    ///   leaves.
    public func mail(for letter: Letter, date: Int64) throws -> OutgoingMail {
        let text = try text(letter)
        // A version may be too long for one; then its mails stand alone.
        let thread = letter.thread.flatMap { try? messageID($0) }
        let answered = letter.answers.flatMap(MessageID.init)
        return OutgoingMail(
            from: configuration.from, to: letter.recipient, subject: HeaderText(cleaning: text.subject),
            messageID: try messageID(letter.identity), inReplyTo: answered ?? thread,
            references: [thread, answered].compactMap(\.self), date: date, automatic: letter.content.automatic,
            headers: LetterHeaders(letter, host: configuration.host).headers, body: text.body)
    }

    private func text(_ letter: Letter) throws -> MailText {
        let words = LetterWords(host: configuration.host, addresses: configuration.addresses, text: text)
        return try templates.text(letter.content.template, RootWords(words.words(for: letter)))
    }

    /// The letter that a Message-ID of this host was made from; `nil` for one that no letter has.
    public static func identity(of id: MessageID, host: String) -> String? {
        guard id.text.hasSuffix("@\(host)") else { return nil }
        var bytes: [UInt8] = []
        var rest = id.text.dropLast(host.count + 1).utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "=") else {
                bytes.append(byte)
                continue
            }
            guard let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else { return nil }
            bytes.append(code)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private func messageID(_ identity: String) throws -> MessageID {
        guard let id = MessageID("\(Self.encoded(identity))@\(configuration.host)") else {
            throw DeliveryFailure("\"\(identity)\" makes no Message-ID on \(configuration.host).")
        }
        return id
    }

    /// A version's epoch brings a colon, which a Message-ID cannot hold: what is neither letter, digit nor one of `-._~+/`
    /// becomes `=` and its code, so that two identities never make one Message-ID.
    private static func encoded(_ identity: String) -> String {
        identity.utf8.map { byte in
            let character = Character(Unicode.Scalar(byte))
            let isPlain = byte < 0x80 && (character.isLetter || character.isNumber || "-._~+/".contains(character))
            return isPlain
                ? String(character) : "=" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}

extension Letter.Content {
    fileprivate var automatic: OutgoingMail.Automatic {
        switch self {
        case .commands: .replied
        case .verdict, .buildFailed, .failure, .digest, .announcement, .quota, .newerInBase, .notice, .collected:
            .generated
        }
    }
}
