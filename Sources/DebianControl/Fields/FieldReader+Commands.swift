/// What a command file asks for.
extension FieldReader {
    /// The commands of either form; a text of both is refused, since nobody could say which comes first.
    mutating func commands(in sections: [ControlParagraph]) -> CommandFile.Content {
        guard paragraph["Commands"] != nil else { return .sections(checked(sections)) }
        if let first = sections.first {
            note(
                .mixedCommandForms, "Commands", expected: "Commands or paragraphs with Action, not both",
                line: first.fields.first?.line)
        }
        return .queueCommands(queueCommands())
    }

    private mutating func checked(_ sections: [ControlParagraph]) -> [ControlParagraph] {
        if sections.isEmpty {
            note(.noCommand, "Action", expected: "a paragraph with Action, after an empty line")
        }
        for section in sections {
            var reader = FieldReader(section)
            _ = reader.optional("Action", "what to do")
            note(reader.mistakes)
            if section["Action"] == nil {
                note(.missingField, "Action", expected: "Action in each paragraph", line: section.fields.first?.line)
            }
        }
        return sections
    }

    private mutating func queueCommands() -> [QueueCommand] {
        let start = paragraph.line(of: "Commands") ?? 1
        let lines = (required("Commands", "commands, one on a line") == nil ? "" : paragraph["Commands"] ?? "").lines
        return lines.enumerated().compactMap { offset, line in queueCommand(line.trimmed, line: start + offset) }
    }

    private mutating func queueCommand(_ text: Substring, line: Int) -> QueueCommand? {
        if text.isEmpty || text.elementsEqual(".") { return nil }
        do {
            return try QueueCommand(text)
        } catch {
            note(.badCommand, "Commands", expected: error.expected, got: text, line: line)
            return nil
        }
    }
}
