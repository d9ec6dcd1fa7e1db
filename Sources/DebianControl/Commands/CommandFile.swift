/// A signed text of commands, by upload or by mail: a header paragraph, and what is to be done.
///
/// Who asks is the signer. Which actions there are, and what their fields mean, is not decided here.
public struct CommandFile: Sendable {
    public enum Content: Sendable {
        /// One paragraph a command, each with a field `Action`.
        case sections([ControlParagraph])
        /// The older form, debianqueued's field `Commands`.
        case queueCommands([QueueCommand])
    }

    public let header: ControlParagraph
    public let content: Content
    /// The service the commands are for. Always there beside sections; dput's dcut leaves it out.
    public let archive: String?
    /// Text only: nothing is sent there.
    public let uploader: String?
    /// `Dry-Run: yes`: all is checked and nothing done.
    public let isDryRun: Bool

    /// A command file is written by hand or by dcut; what is larger is refused before anything is looked at.
    public static let limits = ControlLimits(bytes: 256 << 10, fields: 100, lineLength: 32 << 10, paragraphs: 201)

    /// Throws all mistakes at once; where the text is no control text at all, that alone.
    public init(parsing text: String) throws(ControlMistakes) {
        let paragraphs = try Self.paragraphs(in: text)
        guard let header = paragraphs.first else {
            throw ControlMistakes([FieldMistake(.noCommand, field: "", expected: "a header and commands")])
        }
        var reader = FieldReader(header)
        let sections = Array(paragraphs.dropFirst())
        content = reader.commands(in: sections)
        archive =
            header["Commands"] == nil ? reader.required("Archive", "this service's name") : reader.optional("Archive")
        uploader = reader.optional("Uploader")
        isDryRun = reader.optional("Dry-Run", "yes or no", Self.truth) ?? false
        guard reader.mistakes.isEmpty else { throw ControlMistakes(reader.mistakes) }
        self.header = header
    }

    /// Empty in the older form.
    public var sections: [ControlParagraph] {
        switch content {
        case .sections(let sections): sections
        case .queueCommands: []
        }
    }

    /// Empty in the newer form.
    public var queueCommands: [QueueCommand] {
        switch content {
        case .sections: []
        case .queueCommands(let commands): commands
        }
    }

    private static func paragraphs(in text: String) throws(ControlMistakes) -> [ControlParagraph] {
        do {
            return try ControlParagraph.paragraphs(in: text, limits: limits)
        } catch {
            throw ControlMistakes([
                FieldMistake(
                    .syntax, field: "", expected: "fields and paragraphs", got: error.mistake, line: error.line)
            ])
        }
    }

    private static func truth(_ text: String) -> Bool? {
        if text.equalsIgnoringCase("yes") { return true }
        return text.equalsIgnoringCase("no") ? false : nil
    }
}
