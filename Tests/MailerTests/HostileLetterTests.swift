import ArchiveModel
import MailFormat
import Testing

@testable import Mailer

/// What strangers write reaches no header but as the value it was meant for.
struct HostileLetterTests {
    static let hostile = [
        "x\nBcc: eve@example.org", "x\r\nBcc: eve@example.org", "x\rBcc: eve@example.org", "\n\nBcc: eve@example.org",
        "x\u{0}y", "x\u{2028}Bcc: e@example.org", "x\u{85}Bcc: e@example.org", "=?utf-8?q?x=0ABcc:_e@example.org?=",
        String(repeating: "é", count: 5000), String(repeating: "x", count: 5000), "\u{FEFF}", "", " ", ">< @ , ;",
    ]

    @Test(arguments: hostile)
    func noLineIsAdded(_ words: String) throws {
        let finding = Finding(.unreadable, words, file: words, field: words, remedy: words)
        let verdict = Verdict(
            .rejected, findings: [finding], archive: ArchiveReference("~alice/debian/tools"),
            suite: SuiteName("bookworm"), package: words, version: words, page: words)
        let report = UploadReport(
            upload: 1, changesName: words, verdict: verdict, files: [.init(name: words, size: 1)], changes: words,
            next: [words])
        let letter = try ExampleLetters.letter(
            .verdict(report), identity: words, answers: words, reason: words)
        // What cannot be in a Message-ID makes no mail.
        guard let mail = try? LetterWriter(ExampleLetters.configuration).mail(for: letter, date: 0) else { return }
        let lines = String(decoding: mail.rendered(inEightBits: false), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { $0.utf8.count <= 998 && $0.utf8.allSatisfy { $0 < 0x80 && $0 != 0x0D } })
        let head = lines.prefix { !$0.isEmpty }.filter { $0.first != " " && $0.first != "\t" }
        #expect(Set(head.map { String($0.prefix { $0 != ":" }) }).isSubset(of: Self.headers), "\(head)")
        // A reader decodes what GMime encoded: there, too, a value is one line.
        for value in [mail.subject] + mail.headers.map(\.value) { #expect(HeaderText(value.text) != nil, "\(value)") }
        #expect(head.count == Set(head.map { $0.prefix { $0 != ":" } }).count)
    }

    private static let headers: Set<String> = [
        "Date", "From", "Subject", "To", "Message-Id", "In-Reply-To", "References", "Auto-Submitted", "Precedence",
        "Debian-Changes", "Debian-Source", "Debian-Version", "Debian-Suite", "Debian-Archive-Action",
        "X-Slipway-Archive", "X-Slipway-Upload", "X-Slipway-Verdict", "MIME-Version", "Content-Type",
        "Content-Transfer-Encoding",
    ]
}
