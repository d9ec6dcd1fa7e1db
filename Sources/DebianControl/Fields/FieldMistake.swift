/// What is wrong with a field of a control file, in parts that a stage makes a finding of.
public struct FieldMistake: Equatable, Sendable, CustomStringConvertible {
    public let kind: MistakeKind
    public let field: String
    /// Completes "expected …".
    public let expected: String
    /// What stands there instead, shortened; nil where nothing does.
    public let got: String?
    /// In the parsed text, from 1.
    public let line: Int?

    /// What is longer is cut: mails and terminals show this. In bytes.
    public static let excerptLimit = 200

    public init(_ kind: MistakeKind, field: String, expected: String, got: String? = nil, line: Int? = nil) {
        self.kind = kind
        self.field = field
        self.expected = expected
        self.got = got.map(Self.excerpt)
        self.line = line
    }

    /// Stable, kebab-case.
    public var code: String { kind.code }

    public var description: String {
        let place = line.map { "line \($0): " } ?? ""
        return "\(place)\(field): \(code): expected \(expected)" + (got.map { ", got \($0)" } ?? "")
    }

    private static func excerpt(_ text: String) -> String {
        guard text.utf8.count > excerptLimit else { return text }
        return String(decoding: text.utf8.prefix(excerptLimit), as: UTF8.self) + "…"
    }
}

/// All mistakes of one control file at once, in the order they were met.
public struct ControlMistakes: Error, Equatable, Sendable, CustomStringConvertible {
    public let mistakes: [FieldMistake]

    public init(_ mistakes: [FieldMistake]) { self.mistakes = mistakes }

    public var description: String { mistakes.map(\.description).joined(separator: "\n") }
}
