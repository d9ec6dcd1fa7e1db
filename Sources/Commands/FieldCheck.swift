internal import ArchiveModel
internal import DebianControl

/// Reads the fields of one paragraph and collects what is wrong with them.
struct FieldCheck {
    private let paragraph: ControlParagraph
    private let known: [String]
    private(set) var findings: [Finding] = []

    init(_ paragraph: ControlParagraph, known: [String]) {
        self.paragraph = paragraph
        self.known = known
    }

    /// A misspelt field would silently not act: it is an error, with the nearest name there is.
    var unknownFields: [Finding] {
        paragraph.fields.filter { field in !known.contains { $0.lowercased() == field.name.lowercased() } }.map {
            field in
            let nearest = known.min { $0.distance(to: field.name) < $1.distance(to: field.name) }
            return Finding(
                "unknown-field", "The field \(field.name) is not known here.", field: field.name,
                expected: known.joined(separator: ", "), remedy: nearest.map { "Did you mean \($0)?" })
        }
    }

    mutating func value<Value>(_ field: String, _ rule: String, _ parse: (String) -> Value?) -> Value? {
        guard let text = paragraph[field], !text.isEmpty else {
            findings.append(Finding("missing-field", "The field \(field) is missing.", field: field, expected: rule))
            return nil
        }
        return parsed(text, field, rule, parse)
    }

    mutating func optional<Value>(_ field: String, _ rule: String, _ parse: (String) -> Value?) -> Value? {
        guard let text = paragraph[field], !text.isEmpty else { return nil }
        return parsed(text, field, rule, parse)
    }

    /// Words between blanks or commas; `nil` when the field is absent.
    mutating func words<Value>(_ field: String, _ rule: String, _ parse: (String) -> Value?) -> [Value]? {
        guard let text = paragraph[field] else { return nil }
        let words = text.split { $0.isWhitespace || $0 == "," }.map(String.init)
        return words.compactMap { parsed($0, field, rule, parse) }
    }

    private mutating func parsed<Value>(
        _ text: String, _ field: String, _ rule: String, _ parse: (String) -> Value?
    ) -> Value? {
        let value = parse(text)
        if value == nil {
            findings.append(
                Finding(
                    "bad-field", "\(field) cannot be read.", field: field, expected: rule, got: String(text.prefix(200))
                ))
        }
        return value
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
