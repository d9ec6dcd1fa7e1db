/// Which of lintian's tags count here, and how much. All others are left out.
///
/// The text is that of dak's `lintian.tags`, with one more group:
///
///     lintian:
///       fatal:
///         - binary-in-etc
///       nonfatal:
///         - copyright-contains-dh_make-todo-boilerplate
///       warning:
///         - out-of-date-standards-version
public struct LintianTags: Sendable, Equatable {
    public enum Weight: String, Sendable, CaseIterable {
        /// Refuses the upload, overridden or not.
        case fatal
        /// Refuses it unless the package overrides the tag.
        case nonfatal
        /// Is told, unless it is overridden.
        case warning
    }

    /// A line that is none of such a file.
    public struct Mistake: Error, Equatable {
        public let line: Int
        public let mistake: String
    }

    public private(set) var weights: [String: Weight] = [:]

    public subscript(tag: String) -> Weight? { weights[tag] }

    public init(_ weights: [String: Weight]) { self.weights = weights }

    public init(parsing text: String) throws(Mistake) {
        var hasHead = false
        var group: Weight?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = Self.words(line)
            switch (words.count, words.first) {
            case (0, _): continue
            case (1, "lintian:") where !hasHead && line.hasPrefix("lintian"): hasHead = true
            case (1, let word?) where hasHead && word.hasSuffix(":") && line.hasPrefix(" "):
                group = Weight(rawValue: String(word.dropLast()))
                if group == nil { throw Mistake(line: index + 1, mistake: "there is no group \(word.dropLast())") }
            case (2, "-"):
                guard let group else { throw Mistake(line: index + 1, mistake: "it is in no group") }
                try add(String(words[1]), group, line: index + 1)
            default:
                throw Mistake(
                    line: index + 1, mistake: "neither \"lintian:\", a group such as \"fatal:\", nor \"- tag\"")
            }
        }
        if weights.isEmpty { throw Mistake(line: 1, mistake: "there are no tags in it") }
    }

    private mutating func add(_ tag: String, _ weight: Weight, line: Int) throws(Mistake) {
        guard Self.isTag(tag) else { throw Mistake(line: line, mistake: "\"\(tag)\" is no tag") }
        guard weights[tag] == nil else { throw Mistake(line: line, mistake: "\(tag) is in it twice") }
        weights[tag] = weight
    }

    private static func words(_ line: Substring) -> [Substring] {
        let words = line.split(whereSeparator: \.isWhitespace)
        return Array(words.prefix { !$0.hasPrefix("#") })
    }

    /// Tags are letters, digits and a few marks; none looks like an option or a path.
    private static func isTag(_ text: String) -> Bool {
        let isPlain = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-_+./".utf8.contains(byte)
        }
        return isPlain && text.first?.isLetter == true && !text.contains("..")
    }
}
