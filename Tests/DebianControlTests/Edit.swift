import Testing

@testable import DebianControl

/// A sample with some of its text replaced, and the mistakes that makes: `code Field`, in the order they are told.
struct Edit: Sendable, CustomTestStringConvertible {
    let replaced: [(old: String, new: String)]
    let mistakes: [String]

    init(_ replaced: [(String, String)], _ mistakes: [String]) {
        self.replaced = replaced
        self.mistakes = mistakes
    }

    init(_ old: String, _ new: String, _ mistakes: String...) {
        self.init([(old, new)], mistakes)
    }

    var testDescription: String { replaced.map { "\($0.old.debugDescription) → \($0.new.debugDescription)" }.joined() }

    func paragraph(of sample: String) throws -> ControlParagraph {
        var text = sample
        for (old, new) in replaced {
            try #require(text.contains(old), "\(old) is in the sample")
            text = text.replacing(old, with: new)
        }
        return try ControlParagraph(parsing: text)
    }

    /// Runs `parse` on the edited sample and compares what it throws.
    func check<Value>(_ sample: String, _ parse: (ControlParagraph) throws(ControlMistakes) -> Value) throws {
        let paragraph = try paragraph(of: sample)
        do throws(ControlMistakes) {
            _ = try parse(paragraph)
            #expect(mistakes.isEmpty)
        } catch {
            #expect(error.mistakes.map { "\($0.code) \($0.field)" } == mistakes, "\(error)")
        }
    }
}
