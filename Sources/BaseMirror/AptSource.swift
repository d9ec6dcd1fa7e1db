internal import DebianControl

/// One entry of apt's sources (sources.list(5)), of either style.
public struct AptSource: Sendable, Equatable {
    var types: [String]
    var addresses: [String]
    var suites: [String]
    var components: [String]
    /// Other fields as they are written: `Signed-By`, `Trusted`, `Check-Valid-Until`.
    var options: [Option] = []

    /// What it is signed by, where it says so.
    var keys: String? { options.first { $0.name.lowercased() == "signed-by" }?.value }

    struct Option: Sendable, Equatable {
        let name: String
        let value: String
    }

    /// A line of a `.list` file. `nil` for what is no entry.
    init?(line: Substring) {
        let text = line.prefix { $0 != "#" }
        let words = Self.words(text.replacingBrackets())
        guard words.count >= 3, words[0] == "deb" || words[0] == "deb-src" else { return nil }
        (types, addresses, suites) = ([words[0]], [words[1]], [words[2]])
        components = Array(words.dropFirst(3))
        let brackets = text.split(separator: "[").dropFirst().first?.split(separator: "]").first ?? ""
        options = Self.words(String(brackets)).compactMap(Option.init(bracketed:))
    }

    /// A paragraph of a `.sources` file. `nil` for one that is switched off or incomplete.
    init?(_ paragraph: ControlParagraph) {
        func words(_ name: String) -> [String] { Self.words(paragraph[name] ?? "") }
        (types, addresses) = (words("Types"), words("URIs"))
        (suites, components) = (words("Suites"), words("Components"))
        guard paragraph["Enabled"] != "no", !types.isEmpty, !addresses.isEmpty, !suites.isEmpty else { return nil }
        let known = ["types", "uris", "suites", "components", "enabled", "architectures"]
        options = paragraph.fields.filter { !known.contains($0.name.lowercased()) }
            .map { Option(name: $0.name, value: $0.value) }
    }

    /// As a paragraph, of one type: `deb` or `deb-src`.
    func paragraph(_ type: String) -> ControlParagraph {
        var paragraph = ControlParagraph()
        paragraph["Types"] = type
        paragraph["URIs"] = addresses.joined(separator: " ")
        paragraph["Suites"] = suites.joined(separator: " ")
        if !components.isEmpty { paragraph["Components"] = components.joined(separator: " ") }
        for option in options { paragraph[option.name] = option.value }
        return paragraph
    }

    private static func words(_ text: String) -> [String] {
        text.split(whereSeparator: \.isWhitespace).map(String.init)
    }
}

extension AptSource.Option {
    /// `signed-by=/x/key.gpg`, as it stands between brackets.
    fileprivate init?(bracketed word: String) {
        let parts = word.split(separator: "=", maxSplits: 1)
        let names = ["signed-by": "Signed-By", "trusted": "Trusted", "check-valid-until": "Check-Valid-Until"]
        guard parts.count == 2, let name = names[parts[0].lowercased()] else { return nil }
        self.init(name: name, value: String(parts[1]))
    }
}

extension Substring {
    /// Without what stands between brackets.
    fileprivate func replacingBrackets() -> String {
        guard let open = firstIndex(of: "["), let close = self[open...].firstIndex(of: "]") else { return String(self) }
        return "\(self[..<open]) \(self[index(after: close)...])"
    }
}
