internal import ArchiveModel
internal import DebianControl

/// Reads the fields of one paragraph and collects what is wrong with them.
struct FieldCheck {
    private let paragraph: ControlParagraph
    private let known: [String]
    private var mistakes: [FieldMistake] = []

    init(_ paragraph: ControlParagraph, known: [String]) {
        self.paragraph = paragraph
        self.known = known
    }

    var findings: [Finding] {
        mistakes.map { Finding($0, remedy: "Mend it, sign the text anew and send it.") } + unknownFields
    }

    /// A field that has to be there, read by `parse`, which gives nil for what breaks the rule.
    mutating func required<Value>(_ field: String, _ rule: String, _ parse: (String) -> Value?) -> Value? {
        require(field, rule)
        return optional(field, rule, parse)
    }

    /// A field that has to say something if it is there.
    mutating func optional<Value>(_ field: String, _ rule: String, _ parse: (String) -> Value?) -> Value? {
        text(of: field, rule).flatMap { read($0, field, rule, parse) }
    }

    /// Words between blanks or commas, none twice; none at all is a mistake.
    mutating func requiredWords<Value: Hashable>(
        _ field: String, _ rule: String, _ parse: (String) -> Value?
    ) -> [Value] {
        require(field, rule)
        return words(field, rule, parse) ?? []
    }

    /// The same; `nil` where the field is absent.
    mutating func words<Value: Hashable>(_ field: String, _ rule: String, _ parse: (String) -> Value?) -> [Value]? {
        var seen: Set<Value> = []
        return text(of: field, rule)?.split { $0.isWhitespace || $0 == "," }.compactMap { word in
            guard let value = read(String(word), field, rule, parse) else { return nil }
            guard seen.insert(value).inserted else {
                note(.duplicateWord, field, "each word once", got: String(word))
                return nil
            }
            return value
        }
    }

    private mutating func require(_ field: String, _ rule: String) {
        if paragraph[field] == nil { note(.missingField, field, rule) }
    }

    private mutating func text(of field: String, _ rule: String) -> String? {
        guard let text = paragraph[field]?.trimmingPrefix(while: \.isWhitespace) else { return nil }
        if text.isEmpty { note(.emptyField, field, rule) }
        return text.isEmpty ? nil : String(text)
    }

    private mutating func read<Value>(
        _ text: String, _ field: String, _ rule: String, _ parse: (String) -> Value?
    ) -> Value? {
        let value = parse(text)
        if value == nil { note(.badValue, field, rule, got: text) }
        return value
    }

    private mutating func note(_ kind: MistakeKind, _ field: String, _ expected: String, got: String? = nil) {
        mistakes.append(FieldMistake(kind, field: field, expected: expected, got: got, line: paragraph.line(of: field)))
    }

    /// A misspelt field would silently not act: it is an error, with the nearest name there is.
    private var unknownFields: [Finding] {
        paragraph.fields.filter { field in !known.contains { $0.lowercased() == field.name.lowercased() } }.map {
            field in
            let nearest = known.min { $0.distance(to: field.name) < $1.distance(to: field.name) }
            return Finding(
                .unknownField, "The field \(field.name) (line \(field.line)) is not known here.", field: field.name,
                expected: known.joined(separator: ", "), remedy: nearest.map { "Did you mean \($0)?" })
        }
    }
}

extension String {
    /// The number of letters to change, add or leave out (Levenshtein), without case.
    fileprivate func distance(to other: String) -> Int {
        let wanted = Array(other.lowercased())
        var row = Array(0...wanted.count)
        for (i, letter) in lowercased().enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, target) in wanted.enumerated() {
                let change = diagonal + (letter == target ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = Swift.min(change, row[j] + 1, diagonal + 1)
            }
        }
        return row[wanted.count]
    }
}
