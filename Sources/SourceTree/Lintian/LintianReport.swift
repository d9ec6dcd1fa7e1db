internal import ArchiveModel

/// What lintian says of an upload: `E: hello source: tag words [debian/control:12]`, a line each.
///
/// A stranger's package was in it: what does not fit is left out, and nothing is shown unless it is printable. A line that
/// a package would forge could only speak against it.
struct LintianReport: Sendable, Equatable {
    struct Hint: Sendable, Equatable {
        /// The package, with its kind unless it is binary: "hello source".
        let subject: String
        let tag: String
        /// lintian's words; empty where the tag says it all.
        let words: String
        /// The file that lintian points at, in the package.
        let file: String?
        let isOverridden: Bool
    }

    let hints: [Hint]

    init(reading text: some StringProtocol) {
        hints = text.split(whereSeparator: \.isNewline).compactMap { Hint(String($0).printable) }
    }
}

extension LintianReport.Hint {
    /// E, W, I, P, X and C say how sure and how grave lintian is, which counts for nothing here; O is overridden. N is a
    /// note, and M what lintian itself does not mean.
    private static let letters: [Substring] = ["E", "W", "I", "P", "X", "C", "O"]

    fileprivate init?(_ line: String) {
        let parts = line.split(separator: ": ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, Self.letters.contains(parts[0]), !parts[1].isEmpty else { return nil }
        let said = parts[2].split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard let tag = said.first, !tag.isEmpty else { return nil }
        self.init(
            subject: String(parts[1]), tag: String(tag), words: said.count > 1 ? String(said[1]) : "",
            file: said.count > 1 ? Self.pointed(said[1]) : nil, isOverridden: parts[0] == "O")
    }

    /// Of "words [debian/control:12]" the path.
    private static func pointed(_ words: Substring) -> String? {
        guard words.hasSuffix("]"), let start = words.lastIndex(of: "[") else { return nil }
        let place = words[words.index(after: start)...].dropLast()
        guard let colon = place.lastIndex(of: ":"), Int(place[place.index(after: colon)...]) != nil else {
            return place.isEmpty ? nil : String(place)
        }
        return String(place[..<colon])
    }
}
