public import DebianControl

extension Finding {
    /// A mistake of a control file in words, under its own code.
    /// - Parameters:
    ///   - file: the base name of the file it is in; `nil` where there is only one text.
    ///   - remedy: a sentence for whoever wrote the file.
    public init(_ mistake: FieldMistake, file: String? = nil, remedy: String) {
        self.init(
            rule: mistake.kind, Self.sentence(mistake), file: file, field: mistake.field.isEmpty ? nil : mistake.field,
            expected: mistake.expected, got: mistake.got, remedy: remedy)
    }

    private static func sentence(_ mistake: FieldMistake) -> String {
        let place = mistake.line.map { " (line \($0))" } ?? ""
        let got = mistake.got.map { ", got \"\($0)\"" } ?? ""
        return switch mistake.kind {
        case .syntax: "The text cannot be read\(place): \(mistake.got ?? mistake.expected)."
        case .noCommand: "The text holds no command\(place): expected \(mistake.expected)."
        case .missingField: "\(mistake.field) is missing\(place): expected \(mistake.expected)."
        default: "\(mistake.field)\(place): expected \(mistake.expected)\(got)."
        }
    }
}
