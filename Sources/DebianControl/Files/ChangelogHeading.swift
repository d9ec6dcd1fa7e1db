/// The first line of an entry of debian/changelog: `hello (2.10-3) unstable; urgency=medium` (deb-changelog(5)).
public struct ChangelogHeading: Sendable, Equatable {
    public let source: String
    public let version: String
    public let distributions: [String]

    /// Of the first entry, which says what the package is; nil where the text does not start with one.
    public init?(firstIn text: String) {
        guard let line = text.split(whereSeparator: \.isNewline).first(where: { !$0.allSatisfy(\.isWhitespace) }) else {
            return nil
        }
        self.init(line: line)
    }

    init?(line: Substring) {
        guard let (head, settings) = line.splitAtFirst(";"), settings.contains("="),
            let (source, rest) = head.splitAtFirst(" "), rest.hasPrefix("("),
            let (version, suites) = rest.dropFirst().splitAtFirst(")")
        else { return nil }
        distributions = suites.split(separator: " ").map { String($0) }
        guard !source.isEmpty, !version.isEmpty, !distributions.isEmpty else { return nil }
        (self.source, self.version) = (String(source), String(version))
    }
}

extension Substring {
    fileprivate func splitAtFirst(_ separator: Character) -> (Substring, Substring)? {
        guard let place = firstIndex(of: separator) else { return nil }
        return (self[..<place], self[index(after: place)...])
    }
}
