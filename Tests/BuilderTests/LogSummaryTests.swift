import Testing

@testable import Builder

struct LogSummaryTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let log: String
        let cause: String
        let isOurs: Bool
    }

    @Test(arguments: [
        Row(
            testDescription: "the package's build fails", log: summary("build"),
            cause: "The build failed at stage build.", isOurs: false),
        Row(
            testDescription: "a dependency is missing",
            log: "      unsat-dependency: tiny:amd64 (>= 2)\n      unsat-dependency: big\n" + summary("install-deps"),
            cause: "Build dependencies are not there: tiny:amd64 (>= 2), big.", isOurs: false),
        Row(
            testDescription: "a dependency cannot be fetched",
            log: "E: Failed to fetch http://mirror/x.deb  Connection refused\n" + summary("install-deps"),
            cause: "The build dependencies cannot be installed.", isOurs: true),
        Row(
            testDescription: "a dependency's own script fails", log: summary("install-deps"),
            cause: "The build dependencies cannot be installed.", isOurs: false),
        Row(
            testDescription: "no chroot", log: summary("create-session"),
            cause: "The build failed at stage create-session.", isOurs: true),
        Row(
            testDescription: "no mirror", log: summary("apt-get-update"),
            cause: "The build failed at stage apt-get-update.", isOurs: true),
        Row(
            testDescription: "the source does not unpack", log: summary("unpack"),
            cause: "The build failed at stage unpack.", isOurs: false),
        Row(
            testDescription: "sbuild died before a word", log: "", cause: "sbuild ended without a summary.",
            isOurs: true),
        Row(
            testDescription: "the package prints a stage of ours",
            log: "Fail-Stage: create-session\n" + summary("build"),
            cause: "The build failed at stage build.", isOurs: false),
        Row(
            testDescription: "the package prints a summary of ours", log: summary("create-session") + summary("build"),
            cause: "The build failed at stage build.", isOurs: false),
        Row(
            testDescription: "the package prints a missing dependency",
            log: "unsat-dependency: http://example.org/\n" + summary("build"),
            cause: "The build failed at stage build.", isOurs: false),
    ])
    func says(_ row: Row) {
        let summary = LogSummary(of: row.log)
        #expect(summary.cause == row.cause)
        #expect(summary.isOurs == row.isOurs)
    }

    private static func summary(_ stage: String) -> String {
        """
        +------------------------------------------------------------------------------+
        | Summary                                                                      |
        +------------------------------------------------------------------------------+

        Build Architecture: amd64
        Fail-Stage: \(stage)
        Status: attempted
        --------------------------------------------------------------------------------

        """
    }
}

struct LogTailTests {
    @Test func endsWhereTheBuildFailed() {
        let log = """
            gcc -c a.c
            a.c:1: error: no
            E: Build failure (dpkg-buildpackage died)

            +------------------------------------------------------------------------------+
            | Cleanup                                                                      |
            +------------------------------------------------------------------------------+

            Purging /build
            """
        #expect(LogTail(of: log).text == "gcc -c a.c\na.c:1: error: no\nE: Build failure (dpkg-buildpackage died)\n")
    }

    @Test func keepsTheLastLines() {
        let log = (1...100).map { "line \($0)\n" }.joined()
        let lines = LogTail(of: log).text.split(separator: "\n")
        #expect(lines.count == LogTail.length)
        #expect(lines.first == "line 61")
        #expect(lines.last == "line 100")
    }

    @Test(arguments: [
        ("\u{1B}[31mred\u{1B}[0m", "[31mred[0m\n"), ("a\rb\u{7F}\u{9B}c\td", "abc\td\n"), ("", ""), ("\n\n", ""),
        ("naïve", "naïve\n"),
    ])
    func showsPlainText(_ log: String, _ text: String) {
        #expect(LogTail(of: log).text == text)
    }

    @Test func cutsLongLines() {
        #expect(LogTail(of: String(repeating: "x", count: 9999)).text.utf8.count < LogTail.width + 10)
    }
}
