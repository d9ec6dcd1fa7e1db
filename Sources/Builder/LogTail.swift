/// The lines of a log that a mail shows: where the build failed, without sbuild's cleaning up and summing up after it.
struct LogTail: Sendable, Equatable {
    /// How many lines a mail shows: a compiler's error and what led to it.
    static let length = 40
    /// Bytes of a line that are shown; linkers write lines of 100 KB.
    static let width = 500

    let text: String

    init(of log: String) {
        let lines = log.split(separator: "\n", omittingEmptySubsequences: false)
        let end =
            lines.lastIndex { $0.hasPrefix("Build finished at ") } ?? lines.lastIndex { $0.hasPrefix("| Cleanup ") }
        let failing = lines[..<(end.map { max($0 - 1, 0) } ?? lines.endIndex)]  // without the rule above it
        let shown = Self.withoutBlankEnd(failing.map(Self.plain)).suffix(Self.length)
        text = shown.map { $0 + "\n" }.joined()
    }

    private static func withoutBlankEnd(_ lines: [String]) -> [String] {
        Array(lines.prefix((lines.lastIndex { !$0.isEmpty } ?? -1) + 1))
    }

    /// Without what could work on a terminal.
    private static func plain(_ line: Substring) -> String {
        let printable = line.unicodeScalars.filter {
            $0 == "\t" || ($0.value >= 0x20 && !(0x7F...0x9F).contains($0.value))
        }
        let text = String(String.UnicodeScalarView(printable))
        return text.utf8.count <= width ? text : String(decoding: text.utf8.prefix(width), as: UTF8.self) + "…"
    }
}
