import ArchiveModel
import DurableFiles
import MailFormat
import SystemPackage
import Testing

@testable import Mailer

struct MailTemplatesTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let file: String
        let text: String
        let mistake: String
        var testDescription: String { file + ": " + text }
    }

    @Test(arguments: [
        Row(file: "acepted.mustache", text: "x", mistake: "no mail uses it"),
        Row(file: "accepted.mustache", text: "Subject: {{title}\n", mistake: "line 1"),
        Row(file: "accepted.mustache", text: "Subject: s\n{{#errors}}\n", mistake: "expectedSectionEnd"),
        Row(file: "accepted.mustache", text: "Hello {{title}}\n", mistake: "its first line is not"),
        Row(
            file: "accepted.mustache", text: "Subject: {{titel}}\n",
            mistake: "accepted.mustache cannot be used: nothing is called \"titel\""),
        Row(
            file: "findings.mustache", text: "{{#errors}}{{sentense}}{{/errors}}",
            mistake: "findings.mustache cannot be used: nothing is called \"sentense\""),
        Row(
            file: "commands.mustache", text: "Subject: s\n{{#results}}{{#isDone}}{{lost}}{{/isDone}}{{/results}}",
            mistake: "commands.mustache cannot be used: nothing is called \"lost\""),
        Row(
            file: "held.mustache", text: "Subject: s\n{{^archive}}{{{uppercased(lost)}}}{{/archive}}",
            mistake: "nothing is called \"lost\""),
        Row(file: "footer.mustache", text: "{{page}}", mistake: "nothing is called \"page\" in the mails of"),
        Row(file: "footer.mustache", text: "{{> fotter}}", mistake: "there is no part \"fotter\""),
    ])
    func aMistakeIsToldAtStart(_ row: Row) throws {
        try withTemporaryFolder { folder in
            try Durably.write(Array(row.text.utf8), to: folder.appending(row.file))
            let mistake = #expect(throws: TemplateMistake.self) { try MailTemplates(folder: folder) }
            #expect(mistake?.description.contains(row.mistake) == true, "\(mistake?.description ?? "none")")
        }
    }

    @Test func aTemplateOfTheFolderTakesThePlaceOfTheBuiltInOne() throws {
        try withTemporaryFolder { folder in
            let text = "Subject: {{title}} ist da & gut\n\n{{#warnings}}{{file}}|{{/warnings}}{{>footer}}"
            try Durably.write(Array(text.utf8), to: folder.appending("accepted.mustache"))
            var configuration = try ExampleLetters.configuration
            configuration.templates = folder
            let report = ExampleLetters.upload(
                try ExampleLetters.verdict(.accepted, findings: [ExampleLetters.doubt]))
            let mail = try LetterWriter(configuration).mail(for: ExampleLetters.letter(.verdict(report)), date: 0)
            #expect(mail.subject.text == "hello 2.10-3 ist da & gut")
            #expect(mail.body.hasPrefix("|-- \nYou get this mail"))
        }
    }
}
