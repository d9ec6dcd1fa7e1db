import Testing

@testable import DebianControl

struct CommandFileTests {
    static let header = "Archive: ppa.example.org\nUploader: Alice <alice@example.org>\n"

    @Test func readsSections() throws {
        let file = try CommandFile(
            parsing: Self.header + """
                Dry-Run: Yes

                Action: create-ppa
                Ppa: ~alice/debian/ppa-tools
                Suites: bookworm

                # and then
                action: copy-package
                Source: hello

                """)
        #expect(file.archive == "ppa.example.org")
        #expect(file.uploader == "Alice <alice@example.org>")
        #expect(file.isDryRun)
        #expect(file.sections.map { $0["Action"] } == ["create-ppa", "copy-package"])
        #expect(file.sections[0]["Ppa"] == "~alice/debian/ppa-tools")
        #expect(file.sections[1].line(of: "Action") == 10)
    }

    /// What dput's dcut and dput-ng's dcut send.
    @Test(arguments: [
        "Uploader: Test Uploader <up@example.org>\nCommands:\n rm --searchdirs foo_1.0.deb bar_1.0*\n\n\n",
        "Archive: ftp.example.org:2121\nUploader: T <up@example.org>\nCommands:\n  rm --searchdirs foo_1.0.deb bar_1.0* \n",
        "Uploader: T <up@example.org>\ncommands: rm --searchdirs foo_1.0.deb bar_1.0*",
    ])
    func readsTheOlderForm(_ text: String) throws {
        let file = try CommandFile(parsing: text)
        #expect(file.sections.isEmpty)
        #expect(!file.isDryRun)
        guard case .queueCommands(let commands) = file.content else {
            Issue.record("not the older form")
            return
        }
        #expect(commands.map(\.description) == ["rm --searchdirs foo_1.0.deb bar_1.0*"])
    }

    @Test(arguments: [
        "rm foo_1.0.deb", "rm --searchdirs a*.deb b?.dsc [a-c]x", "rm DELAYED/3-day/foo_*.deb",
        "cancel a_1_source.changes",
        "reschedule a_1_source.changes 0-day", "reschedule a_1_source.changes 15-day",
    ])
    func takesCommands(_ text: String) throws {
        #expect(try QueueCommand(text).description == text)
        #expect(try QueueCommand("  " + text.replacing(" ", with: "  ") + " ").description == text)
    }

    @Test(arguments: [
        "", "mv a b", "RM a", "rm", "rm --searchdirs", "rm *", "rm *.deb", "rm ../a", "rm a/b", "rm DELAYED/16-day/a",
        "rm DELAYED/a/b",
        "rm DELAYED/1-day/*", "rm a[", "rm a[]", "rm a[z-a]", "rm a b;c", "cancel", "cancel a.deb",
        "cancel ../a.changes",
        "cancel a.changes b.changes", "reschedule a.changes", "reschedule a.changes 16-day", "reschedule a.changes 1",
        "reschedule a.changes -1-day", "reschedule a.changes 001-day",
    ])
    func refusesCommands(_ text: String) { #expect(throws: QueueCommand.Mistake.self) { try QueueCommand(text) } }

    static let mistakes: [(text: String, told: [String])] = [
        ("", ["no-command : nil"]),
        ("foo", ["syntax-error : 1"]),
        (header, ["no-command Action: nil"]),
        (header + "Action: x\n", ["no-command Action: 3"]),
        ("Uploader: a\n\nAction: x\n", ["missing-field Archive: nil"]),
        (header + "\nAktion: x\n", ["missing-field Action: 4"]),
        (header + "\nAction:\n\nAction: x\n\nB: c\n", ["empty-field Action: 4", "missing-field Action: 8"]),
        (header + "Dry-Run: maybe\n\nAction: x\n", ["bad-value Dry-Run: 3"]),
        (header + "\nAction: x\nReason: a\u{1}b\n", ["control-character Reason: 5"]),
        (header + "Commands:\n", ["empty-field Commands: 3"]),
        (header + "Commands: rm a\n mv b c\n rm *\n", ["bad-command Commands: 4", "bad-command Commands: 5"]),
        (header + "Commands: rm a\n\nAction: x\n", ["mixed-command-forms Commands: 5"]),
    ]

    @Test(arguments: mistakes)
    func tellsAllMistakes(_ text: String, _ told: [String]) {
        let error = #expect(throws: ControlMistakes.self) { try CommandFile(parsing: text) }
        #expect(error?.mistakes.map { "\($0.code) \($0.field): \($0.line.map { "\($0)" } ?? "nil")" } == told)
    }

    @Test func isReadOnlyUpToItsLimits() {
        let text = Self.header + String(repeating: "\nAction: x\n", count: 201)
        #expect(throws: ControlMistakes.self) { try CommandFile(parsing: text) }
        #expect(throws: Never.self) { try CommandFile(parsing: String(text.dropLast("\nAction: x\n".count))) }
    }
}
