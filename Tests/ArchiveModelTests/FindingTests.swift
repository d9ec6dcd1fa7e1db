import ArchiveModel
import DebianControl
import Testing

/// What a finding says on one line, and what becomes of the mistakes of control files.
@Suite struct FindingTests {
    struct Row: CustomTestStringConvertible {
        let finding: Finding
        let text: String
        var testDescription: String { text }
    }

    @Test(arguments: [
        Row(finding: Finding(.wrongSize, "It is wrong."), text: "It is wrong. [wrong-size]"),
        Row(
            finding: Finding(.notPublished, "It is odd.", severity: .warning, file: "x.dsc", remedy: "Look."),
            text: "Warning: x.dsc: It is odd. Look. [not-published]"),
        Row(
            finding: Finding(
                FieldMistake(.badValue, field: "Dry-Run", expected: "yes or no", got: "x", line: 3), remedy: "Mend."),
            text: "Dry-Run (line 3): expected yes or no, got \"x\". Mend. [bad-value]"),
        Row(
            finding: Finding(
                FieldMistake(.missingField, field: "Archive", expected: "a name"), file: "a", remedy: "Mend."),
            text: "a: Archive is missing: expected a name. Mend. [missing-field]"),
        Row(
            finding: Finding(
                FieldMistake(.syntax, field: "", expected: "fields", got: "no colon", line: 1), remedy: "Mend."),
            text: "The text cannot be read (line 1): no colon. Mend. [syntax-error]"),
    ])
    func isOneLine(_ row: Row) { #expect(row.finding.description == row.text) }
}
