/// One mail address with an optional display name: `Alice Example <alice@example.org>` (RFC 5322, section 3.4).
///
/// Holds no control character and no line separator, so it cannot end a header line.
public struct MailAddress: Hashable, Sendable, TextCoded {
    /// Without the quotes and blanks around it.
    public let name: String?
    /// `local@domain`, without quoting: the dot-atom form only.
    public let address: String

    public init?(name: String?, address: String) {
        let name = (name ?? "")[...].trimming { $0 == " " || $0 == "\"" }
        guard Self.isDotAtomAddress(address), !name.unicodeScalars.contains(where: Self.breaksLines) else { return nil }
        self.name = name.isEmpty ? nil : String(name)
        self.address = address
    }

    /// Reads `alice@example.org` or `Alice Example <alice@example.org>`.
    public init?(_ text: String) {
        guard let open = text.lastIndex(of: "<") else {
            self.init(name: nil, address: text)
            return
        }
        guard text.hasSuffix(">") else { return nil }
        self.init(name: String(text[..<open]), address: String(text[text.index(after: open)...].dropLast()))
    }

    public var description: String {
        name.map { "\($0) <\(address)>" } ?? address
    }

    private static func breaksLines(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    /// At most 254 bytes, as SMTP carries (RFC 5321, section 4.5.3.1).
    private static func isDotAtomAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return text.utf8.count <= 254 && parts.count == 2 && parts.allSatisfy(isDotAtom)
    }

    private static func isDotAtom(_ text: Substring) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty && atom.utf8.allSatisfy { 0x21...0x7E ~= $0 && !"<>()[],;:\\\"".utf8.contains($0) }
        }
    }
}

extension Substring {
    fileprivate func trimming(_ isTrimmed: (Character) -> Bool) -> Substring {
        var rest = self.drop(while: isTrimmed)
        while let last = rest.last, isTrimmed(last) { rest.removeLast() }
        return rest
    }
}
