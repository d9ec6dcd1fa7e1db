extension ControlParagraph {
    /// The one paragraph of a text; comments and empty lines around it are allowed.
    public init(parsing text: String, limits: ControlLimits = .standard) throws(ControlSyntaxError) {
        var reader = try ControlReader(text, limits: limits)
        guard let paragraph = try reader.nextParagraph() else {
            throw ControlSyntaxError(line: max(reader.line, 1), mistake: "there is no field in it")
        }
        if let second = try reader.nextParagraph() {
            throw ControlSyntaxError(
                line: second.fields[0].line, mistake: "a second paragraph starts where only one may be")
        }
        self = paragraph
    }

    /// All paragraphs of a text, in order; none of an empty text.
    public static func paragraphs(
        in text: String, limits: ControlLimits = .standard
    ) throws(ControlSyntaxError) -> [ControlParagraph] {
        var reader = try ControlReader(text, limits: limits)
        var paragraphs: [ControlParagraph] = []
        while let paragraph = try reader.nextParagraph() {
            guard paragraphs.count < limits.paragraphs else {
                throw ControlSyntaxError(
                    line: paragraph.fields[0].line, mistake: "more than \(limits.paragraphs) paragraphs")
            }
            paragraphs.append(paragraph)
        }
        return paragraphs
    }

    /// The paragraph as text that ends with a line feed; parsed again it has the same fields and values.
    ///
    /// No value can reach out of its field: each of its lines after the first starts with a blank, and a line that
    /// would be empty becomes a dot.
    public func serialized() -> String {
        var text: [UInt8] = []
        append(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends what `serialized` gives, for writers of large indexes.
    public func append(to text: inout [UInt8]) {
        for field in fields {
            text.append(contentsOf: field.name.utf8)
            text.append(UInt8(ascii: ":"))
            Self.append(field.value, to: &text)
            text.append(.lineFeed)
        }
    }

    private static func append(_ value: String, to text: inout [UInt8]) {
        var lines = value.utf8.split(separator: .lineFeed, omittingEmptySubsequences: false)[...]
        if let first = lines.popFirst(), !first.isEmpty {
            text.append(.space)
            text.append(contentsOf: first)
        }
        for line in lines {
            text.append(contentsOf: [.lineFeed, .space])
            text.append(contentsOf: line)
            if line.allSatisfy(\.isTrailingSpace) { text.append(UInt8(ascii: ".")) }
        }
    }
}
