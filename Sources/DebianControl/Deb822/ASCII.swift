/// The few classes of bytes that control files are made of. Policy speaks of ASCII only, so bytes are enough.
extension UInt8 {
    static let lineFeed = UInt8(ascii: "\n")
    static let space = UInt8(ascii: " ")

    var isDigit: Bool { self &- 0x30 < 10 }
    var isLowerCase: Bool { self &- 0x61 < 26 }
    var isLetter: Bool { (self | 0x20).isLowerCase }
    var isAlphanumeric: Bool { isDigit || isLetter }
    var isLowerAlphanumeric: Bool { isDigit || isLowerCase }
    var isLowerHex: Bool { isDigit || self &- 0x61 < 6 }
    var isBlank: Bool { self == 0x20 || self == 0x09 }
    /// What is cut off at the end of a line: blanks, and the CR of a file that came from elsewhere.
    var isTrailingSpace: Bool { isBlank || self == 0x0D }
    /// C0 and DEL; tab and line feed are part of the format.
    var isControl: Bool { (self < 0x20 && self != 0x09 && self != 0x0A) || self == 0x7F }
    var lowerCased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
}

extension StringProtocol {
    /// Equal but for the case of ASCII letters.
    func equalsIgnoringCase(_ other: some StringProtocol) -> Bool {
        utf8.count == other.utf8.count
            && zip(utf8, other.utf8).allSatisfy { $0 == $1 || $0.lowerCased == $1.lowerCased }
    }

    /// The words between blanks and line ends.
    var words: [Substring] {
        Substring(self).utf8.split { $0.isBlank || $0 == .lineFeed }.map { Substring($0) }
    }

    /// The lines of a folded value, empty ones too.
    var lines: [Substring] {
        Substring(self).utf8.split(separator: .lineFeed, omittingEmptySubsequences: false).map { Substring($0) }
    }

    /// Without the blanks and line ends around it.
    var trimmed: Substring {
        let isSpace: (UInt8) -> Bool = { $0.isTrailingSpace || $0 == .lineFeed }
        var rest = Substring(self).utf8.drop(while: isSpace)
        while let last = rest.last, isSpace(last) { rest.removeLast() }
        return Substring(rest)
    }

    /// The two sides of the first `separator`, or nil where there is none.
    func splitOnce(at separator: Unicode.Scalar) -> (head: Substring, tail: Substring)? {
        let text = Substring(self)
        guard let place = text.utf8.firstIndex(of: UInt8(ascii: separator)) else { return nil }
        return (text[..<place], text[text.utf8.index(after: place)...])
    }
}
