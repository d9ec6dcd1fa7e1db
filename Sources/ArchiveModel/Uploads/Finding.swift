public import DebianControl

/// One thing wrong, or doubtful, in an upload or a command: said on the terminal, in the mail and on the page alike.
public struct Finding: Hashable, Sendable, Codable {
    public enum Severity: String, Sendable, Codable {
        /// Refuses the upload.
        case error
        /// Is told, and refuses nothing.
        case warning
    }

    /// Stable, kebab-case: programs and translations go by it.
    public let code: String
    public let severity: Severity
    /// The file it is about, by base name.
    public var file: String?
    public var field: String?
    public var expected: String?
    public var got: String?
    /// What is wrong, as one sentence.
    public let sentence: String
    /// What to do about it, as one sentence.
    public var remedy: String?

    /// Of a rule that lower layers know: `MistakeKind.badSize`.
    public init(
        rule: some CodedRule, _ sentence: String, severity: Severity = .error, file: String? = nil,
        field: String? = nil, expected: String? = nil, got: String? = nil, remedy: String? = nil
    ) {
        self.init(
            code: rule.code, sentence, severity: severity, file: file, field: field, expected: expected, got: got,
            remedy: remedy)
    }

    public init(
        _ code: FindingCode, _ sentence: String, severity: Severity = .error, file: String? = nil,
        field: String? = nil, expected: String? = nil, got: String? = nil, remedy: String? = nil
    ) {
        self.init(
            rule: code, sentence, severity: severity, file: file, field: field, expected: expected, got: got,
            remedy: remedy)
    }

    init(
        code: String, _ sentence: String, severity: Severity = .error, file: String? = nil, field: String? = nil,
        expected: String? = nil, got: String? = nil, remedy: String? = nil
    ) {
        self.code = code
        self.severity = severity
        self.file = file
        self.field = field
        self.expected = expected
        self.got = got
        self.sentence = sentence
        self.remedy = remedy
    }

    /// The same, refusing nothing.
    public var asWarning: Finding {
        Finding(
            code: code, sentence, severity: .warning, file: file, field: field, expected: expected, got: got,
            remedy: remedy)
    }

    /// The same, with other words.
    public func saying(_ words: (String) -> String) -> Finding {
        Finding(
            code: code, words(sentence), severity: severity, file: file, field: field, expected: expected.map(words),
            got: got.map(words), remedy: remedy.map(words))
    }
}

extension Finding: CustomStringConvertible {
    /// One line: `hello_2.10-3.dsc: Version is "2.10-3", expected "2.10-4". Build the package again. [version-differs]`
    public var description: String {
        let place = file.map { "\($0): " } ?? ""
        let mend = remedy.map { " \($0)" } ?? ""
        let kind = severity == .warning ? "Warning: " : ""
        return "\(kind)\(place)\(sentence)\(mend) [\(code)]"
    }
}
