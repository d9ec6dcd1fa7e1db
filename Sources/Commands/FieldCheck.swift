internal import ArchiveModel
internal import DebianControl

/// Reads the fields of one paragraph, which its form lists, and collects what is wrong with them.
struct FieldCheck {
    private let paragraph: ControlParagraph
    private let fields: [ActionForm.Field]
    private let known: [String]
    private let limits: CommandLimits
    private var excess: [Finding] = []
    private var mistakes: [FieldMistake] = []

    /// More of one paragraph are not gathered: nobody reads them, and a hostile text could have one for each word.
    private static let mistakeLimit = 50

    init(_ paragraph: ControlParagraph, form: ActionForm, limits: CommandLimits) {
        self.init(paragraph, fields: form.fields, and: ["Action"], limits: limits)
    }

    /// - Parameter others: names of fields that somebody else reads.
    init(
        _ paragraph: ControlParagraph, fields: [ActionForm.Field], and others: [String] = [],
        limits: CommandLimits = CommandLimits()
    ) {
        self.paragraph = paragraph
        self.limits = limits
        self.fields = fields
        known = others + fields.map(\.name)
    }

    var findings: [Finding] {
        mistakes.map { Finding($0, remedy: "Mend it, sign the text anew and send it.") } + excess + unknownFields
    }

    /// Which action it is, as the paragraph has it.
    var action: String { (paragraph["Action"] ?? "").lowercased() }

    /// A field read by `parse`, which gives nil for what is not of its shape.
    mutating func value<Value>(_ name: String, _ parse: (String) -> Value?) -> Value? {
        let field = field(name)
        return text(of: field).flatMap { read($0, field, parse) }
    }

    /// What stands in a field, not looked at yet.
    func peek(_ name: String) -> String? { paragraph[name] }

    mutating func text(_ name: String) -> String? { value(name) { $0 } }

    /// Yes or no.
    mutating func truth(_ name: String) -> Bool? {
        value(name) { ["yes": true, "no": false][$0.lowercased()] }
    }

    /// The field is just this word, in any case, which then stands for something else than a name.
    func isWord(_ word: String, _ name: String) -> Bool {
        paragraph[name]?.filter { !$0.isWhitespace }.lowercased() == word
    }

    /// Words between blanks or commas, none twice; `nil` where the field is absent.
    mutating func words<Value: Hashable>(_ name: String, _ parse: (String) -> Value?) -> [Value]? {
        let field = field(name)
        var seen: Set<Value> = []
        let words = text(of: field)?.split { $0.isWhitespace || $0 == "," }
        if let finding = limits.finding(words: words?.count ?? 0, field: name) {
            excess.append(finding)
            return nil
        }
        return words?.compactMap { word in
            guard let value = read(String(word), field, parse) else { return nil }
            guard seen.insert(value).inserted else {
                note(.duplicateWord, field, expected: "each word once", got: String(word))
                return nil
            }
            return value
        }
    }

    /// One of these has to be there.
    mutating func requireOne(of names: [String]) {
        guard names.allSatisfy({ paragraph[$0] == nil }), let first = names.first else { return }
        note(.missingField, field(first), expected: "one of \(names.joined(separator: ", "))")
    }

    /// What the form does not list cannot be read: its documentation would lie.
    private func field(_ name: String) -> ActionForm.Field {
        guard let field = fields.first(where: { $0.name == name }) else { preconditionFailure("\(name) is in no form") }
        return field
    }

    private mutating func text(of field: ActionForm.Field) -> String? {
        guard let value = paragraph[field.name] else {
            if field.isRequired { note(.missingField, field) }
            return nil
        }
        let text = value.trimmingPrefix(while: \.isWhitespace)
        if text.isEmpty { note(.emptyField, field) }
        return text.isEmpty ? nil : String(text)
    }

    private mutating func read<Value>(_ text: String, _ field: ActionForm.Field, _ parse: (String) -> Value?) -> Value?
    {
        let value = parse(text)
        if value == nil { note(.badValue, field, got: text) }
        return value
    }

    private mutating func note(
        _ kind: MistakeKind, _ field: ActionForm.Field, expected: String? = nil, got: String? = nil
    ) {
        guard mistakes.count < Self.mistakeLimit else { return }
        mistakes.append(
            FieldMistake(
                kind, field: field.name, expected: expected ?? field.shape, got: got,
                line: paragraph.line(of: field.name)))
    }

    /// A misspelt field would silently not act: it is an error, with the nearest name there is.
    private var unknownFields: [Finding] {
        paragraph.fields.filter { field in !known.contains { $0.lowercased() == field.name.lowercased() } }.map {
            field in
            Finding(
                .unknownField, "The field \(field.name) (line \(field.line)) is not known here.", field: field.name,
                expected: known.joined(separator: ", "),
                remedy: known.nearest(to: field.name).map { "Did you mean \($0)?" })
        }
    }
}
