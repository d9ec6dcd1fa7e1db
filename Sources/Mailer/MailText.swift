/// A rendered template taken apart: the first line is the subject, the rest the text.
struct MailText: Equatable {
    let subject: String
    let body: String

    /// Columns of a line of prose (RFC 3676, section 4.2, asks for fewer than 78).
    static let width = 76

    init(subject: String, body: String) {
        self.subject = subject
        self.body = body
    }

    /// Without what stands after the last `-- `, and without blank lines at the end.
    var bodyWithoutFooter: String {
        let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
        var text = lines.prefix(upTo: lines.lastIndex(of: "-- ") ?? lines.endIndex)
        while text.last?.isEmpty == true { text.removeLast() }
        return text.joined(separator: "\n")
    }

    /// `nil` when the first line is not `Subject: …`.
    ///
    /// Control characters, which an upload may have brought, become U+FFFD. A line longer than `width` is wrapped at blanks,
    /// unless four blanks stand before it: those lines are quoted (files, changes, logs) and stay as they are. A line of
    /// blanks alone becomes empty.
    init?(rendered: String) {
        let clean = String(String.UnicodeScalarView(rendered.unicodeScalars.map(Self.printable)))
        let lines = clean.split(separator: "\n", omittingEmptySubsequences: false)
        let start = "Subject: "
        guard let first = lines.first, first.hasPrefix(start) else { return nil }
        subject = String(first.dropFirst(start.count))
        body = lines.dropFirst().drop(while: \.isEmpty).flatMap(Self.wrapped).joined(separator: "\n")
    }

    private static func printable(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        scalar == "\n" || scalar == "\t" || scalar.properties.generalCategory != .control ? scalar : "\u{FFFD}"
    }

    private static func wrapped(_ line: Substring) -> [Substring] {
        if line.allSatisfy({ $0 == " " }) { return [""] }
        guard line.count > width, !line.hasPrefix("    ") else { return [line] }
        let indent = String(repeating: " ", count: markerWidth(line))
        var lines: [String] = []
        var current = ""
        for word in line.split(separator: " ", omittingEmptySubsequences: false) {
            if !current.isEmpty, current.count + 1 + word.count > width {
                lines.append(current)
                current = indent + word
            } else {
                current += current.isEmpty ? word : " " + word
            }
        }
        return (lines + [current]).map { $0[...] }
    }

    /// How far later lines are indented: as far as the text after `1. ` or `- `.
    private static func markerWidth(_ line: Substring) -> Int {
        let marker = line.prefix { $0 == " " || $0 == "-" || $0 == "." || $0.isWholeNumber }
        return marker.last == " " ? marker.count : 0
    }
}
