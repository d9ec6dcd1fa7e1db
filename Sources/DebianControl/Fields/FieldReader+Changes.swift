/// The fields of a .changes.
extension FieldReader {
    /// 1.8 is what dpkg writes since 2007; 1.5 to 2.0 is what archives have taken ever since.
    mutating func changesFormat() -> String? {
        guard let text = required("Format", "the format of the .changes, such as 1.8") else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { $0.utf8.allSatisfy(\.isDigit) ? Int($0) : nil }
        guard numbers.count == 2, parts.count == 2, (1, 5) <= (numbers[0], numbers[1]),
            (numbers[0], numbers[1]) <= (2, 0)
        else {
            note(.formatOutOfRange, "Format", expected: "1.5 to 2.0", got: text)
            return nil
        }
        return text
    }

    mutating func distribution() -> [String] {
        guard let text = required("Distribution", "the name of one suite") else { return [] }
        let words = text.words.map { String($0) }
        if words.count != 1 { note(.notOneDistribution, "Distribution", expected: "exactly one word", got: text) }
        return words
    }

    mutating func architectures() -> [Architecture] {
        let expected = "architectures, all or source"
        return words(of: required("Architecture", expected), "Architecture", expected) { Architecture($0) }
    }

    /// `Binary`: words between blanks in a .changes, with commas in a .dsc.
    mutating func binaryNames(isRequired: Bool) -> [PackageName] {
        let value = isRequired ? required("Binary", "the binary packages") : optional("Binary")
        let text = value.map { String(decoding: $0.utf8.map { $0 == UInt8(ascii: ",") ? .space : $0 }, as: UTF8.self) }
        return words(of: text, "Binary", "names of binary packages") { PackageName($0) }
    }

    mutating func bugNumbers() -> [Int] {
        words(of: optional("Closes"), "Closes", "bug numbers") { word in
            word.utf8.allSatisfy(\.isDigit) ? Int(word) : nil
        }
    }
}
