import Testing

@testable import Mailer

struct MailTextTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let line: String
        let body: String
    }

    static let words = String(repeating: "words ", count: 13) + "end"
    static let rows = [
        Row(testDescription: "short", line: "short", body: "short"),
        Row(
            testDescription: "prose", line: words,
            body: String(repeating: "words ", count: 11) + "words\nwords end"),
        Row(
            testDescription: "numbered", line: "12. " + words,
            body: "12. " + String(repeating: "words ", count: 11) + "words\n    words end"),
        Row(
            testDescription: "dash", line: "- " + words,
            body: "- " + String(repeating: "words ", count: 11) + "words\n  words end"),
        Row(testDescription: "quoted", line: "    " + words, body: "    " + words),
        Row(
            testDescription: "unbreakable", line: String(repeating: "x", count: 100),
            body: String(repeating: "x", count: 100)),
        Row(testDescription: "control", line: "a\u{1B}[31m\rb\u{9F}\tc", body: "a\u{FFFD}[31m\u{FFFD}b\u{FFFD}\tc"),
        Row(testDescription: "blanks", line: "   ", body: ""),
        Row(testDescription: "signature", line: "-- ", body: "-- "),
    ]

    @Test(arguments: rows)
    func linesAreLaidOut(_ row: Row) {
        #expect(MailText(rendered: "Subject: s\n\nfirst\n\(row.line)")?.body == "first\n\(row.body)")
    }

    @Test(arguments: ["", "Subject:s\n", "\nSubject: s\n", "subject: s\n"])
    func theFirstLineIsTheSubject(_ rendered: String) {
        #expect(MailText(rendered: rendered) == nil)
    }
}
