import ArchiveModel
import DebianControl
import Testing

@testable import SourceTree

/// The file of tags, what lintian says, and what that means; without lintian.
struct LintianWordsTests {
    @Test func aFileOfTagsIsRead() throws {
        let tags = try LintianTags(
            parsing: """
                # as dak has it
                lintian:
                  nonfatal:   # may be overridden
                    - binary-in-etc
                    - team/pkg-perl/vcs/no-git

                  fatal:
                    - wrong-file-owner-uid-or-gid # never
                  warning:
                  - FSSTND-dir-in-usr
                """)
        #expect(
            tags.weights == [
                "binary-in-etc": .nonfatal, "team/pkg-perl/vcs/no-git": .nonfatal,
                "wrong-file-owner-uid-or-gid": .fatal, "FSSTND-dir-in-usr": .warning,
            ])
    }

    @Test(arguments: [
        ("", 1, "no tags"), ("lintian:\n  fatal:\n", 1, "no tags"),
        ("lintian:\n  deadly:\n    - a\n", 2, "group deadly"),
        ("lintian:\n  - a\n", 2, "in no group"), ("fatal:\n  - a\n", 1, "neither"),
        ("lintian:\n  fatal:\n    - a b\n", 3, "neither"), ("lintian:\n  fatal:\n    - --info\n", 3, "no tag"),
        ("lintian:\n  fatal:\n    - ../../etc/x\n", 3, "no tag"), ("lintian:\n  fatal:\n    - a,b\n", 3, "no tag"),
        ("lintian:\n  fatal:\n    - a\n  warning:\n    - a\n", 5, "twice"), ("lintian:\n  fatal: [a]\n", 2, "neither"),
    ])
    func aMistakeHasItsLine(text: String, line: Int, words: String) {
        let mistake = #expect(throws: LintianTags.Mistake.self) { try LintianTags(parsing: text) }
        #expect(mistake?.line == line && mistake?.mistake.contains(words) == true, "\(String(describing: mistake))")
    }

    private typealias Hint = LintianReport.Hint

    @Test func whatLintianSaysIsRead() {
        let report = LintianReport(
            reading: """
                walled
                N: a comment: with colons
                E: hello source: no-debian-copyright-in-source
                W: hello: spelling-error-in-binary teh the [usr/bin/hello]
                I: hello source: out-of-date-standards-version 4.6.1 (released 2022) [debian/control:6]
                O: hello changes: bad-distribution-in-changes-file
                M: hello source: masked words
                E: hello
                nonsense
                """)
        #expect(
            report.hints == [
                Hint(
                    subject: "hello source", tag: "no-debian-copyright-in-source", words: "", file: nil,
                    isOverridden: false),
                Hint(
                    subject: "hello", tag: "spelling-error-in-binary", words: "teh the [usr/bin/hello]",
                    file: "usr/bin/hello", isOverridden: false),
                Hint(
                    subject: "hello source", tag: "out-of-date-standards-version",
                    words: "4.6.1 (released 2022) [debian/control:6]", file: "debian/control", isOverridden: false),
                Hint(
                    subject: "hello changes", tag: "bad-distribution-in-changes-file", words: "", file: nil,
                    isOverridden: true),
            ])
    }

    @Test(arguments: [
        ("E", "deadly", Finding.Severity?.some(.error), "build again."), ("O", "deadly", .error, "build again."),
        ("E", "bad", .error, "debian/source/lintian-overrides"), ("O", "bad", nil, ""),
        ("W", "odd", .warning, "debian/source/lintian-overrides"), ("O", "odd", nil, ""), ("E", "other", nil, ""),
    ])
    func aTagWeighsWhatTheAdminSays(letter: String, tag: String, severity: Finding.Severity?, remedy: String) {
        let upload = UploadToLint(name: FileName("hello_1_source.changes")!, changes: "", files: [])
        let verdict = LintianVerdict(
            tags: LintianTags(["deadly": .fatal, "bad": .nonfatal, "odd": .warning]), upload: upload)
        let finding = verdict.findings(LintianReport(reading: "\(letter): hello source: \(tag) words\n")).first
        #expect(finding?.severity == severity)
        #expect(finding?.remedy.map { $0.contains(remedy) } ?? remedy.isEmpty, "\(String(describing: finding))")
    }

    @Test func aRequestComesBackAsItWasSent() {
        var limits = LintianLimits()
        (limits.seconds, limits.memory, limits.fileSize, limits.freeDisk, limits.processes) = (1, 2, 3, 4, 5)
        for profile in [nil, "debian"] {
            let request = LintianRequest(limits: limits, profile: profile, subject: "a.changes")
            #expect(LintianRequest(words: request.words) == request)
            #expect(UnpackRequest(words: request.words) == nil)
        }
        let other = UnpackRequest(limits: .standard, dsc: "a.dsc", files: ["a"])
        #expect(LintianRequest(words: other.words) == nil)
    }
}
