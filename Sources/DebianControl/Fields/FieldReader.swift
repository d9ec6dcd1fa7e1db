/// Takes the fields of one paragraph as values and gathers every mistake met on the way.
struct FieldReader {
    let paragraph: ControlParagraph
    private(set) var mistakes: [FieldMistake] = []

    /// More are not gathered: nobody reads them, and a hostile text could have one on each line.
    static let mistakeLimit = 200

    init(_ paragraph: ControlParagraph) {
        self.paragraph = paragraph
        for field in paragraph.fields where field.value.utf8.contains(where: \.isControl) {
            note(.controlCharacter, field.name, expected: "text without control characters")
        }
    }

    /// Notes a mistake; the line is that of the field unless another is given.
    mutating func note(
        _ kind: MistakeKind, _ field: String, expected: String, got: (some StringProtocol)? = String?.none,
        line: Int? = nil
    ) {
        guard mistakes.count < Self.mistakeLimit else { return }
        let place = line ?? paragraph.line(of: field).flatMap { $0 > 0 ? $0 : nil }
        mistakes.append(FieldMistake(kind, field: field, expected: expected, got: got.map { String($0) }, line: place))
    }

    mutating func note(_ more: [FieldMistake]) {
        mistakes.append(contentsOf: more.prefix(max(0, Self.mistakeLimit - mistakes.count)))
    }

    /// The trimmed value of a field that has to be there and to say something.
    mutating func required(_ field: String, _ expected: String = "a value") -> String? {
        guard paragraph[field] != nil else {
            note(.missingField, field, expected: expected)
            return nil
        }
        return optional(field, expected)
    }

    /// The trimmed value of a field that has to say something if it is there.
    mutating func optional(_ field: String, _ expected: String = "a value, or no such field") -> String? {
        guard let value = paragraph[field] else { return nil }
        let text = value.trimmed
        if text.isEmpty { note(.emptyField, field, expected: expected) }
        return text.isEmpty ? nil : String(text)
    }

    /// A required field read by `parse`, which gives nil for what is not `expected`.
    mutating func required<Value>(_ field: String, _ expected: String, _ parse: (String) -> Value?) -> Value? {
        required(field, expected).flatMap { read($0, field, expected, parse) }
    }

    mutating func optional<Value>(_ field: String, _ expected: String, _ parse: (String) -> Value?) -> Value? {
        optional(field, expected).flatMap { read($0, field, expected, parse) }
    }

    /// The words of a value, each read by `parse`; none twice.
    mutating func words<Value: Hashable>(
        of value: String?, _ field: String, _ expected: String, _ parse: (Substring) -> Value?
    ) -> [Value] {
        var seen: Set<Value> = []
        return (value ?? "").words.compactMap { word in
            guard let value = parse(word) else {
                note(.badValue, field, expected: expected, got: word)
                return nil
            }
            guard seen.insert(value).inserted else {
                note(.duplicateWord, field, expected: "each word once", got: word)
                return nil
            }
            return value
        }
    }

    private mutating func read<Value>(
        _ text: String, _ field: String, _ expected: String, _ parse: (String) -> Value?
    ) -> Value? {
        guard let value = parse(text) else {
            note(.badValue, field, expected: expected, got: text)
            return nil
        }
        return value
    }
}
