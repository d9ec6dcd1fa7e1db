/// One mail address with an optional display name: `Alice Example <alice@example.org>` (RFC 5322, section 3.4).
///
/// Holds no control character, so it cannot end a header line.
public struct MailAddress: Hashable, Sendable, CustomStringConvertible {
    public let name: String?
    /// `local@domain`, without quoting: the dot-atom form only.
    public let address: String

    public init?(name: String?, address: String) {
        guard Self.isDotAtomAddress(address) else { return nil }
        guard name?.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) ?? true else { return nil }
        self.name = name.flatMap { $0.isEmpty ? nil : $0 }
        self.address = address
    }

    /// Reads `alice@example.org` or `Alice Example <alice@example.org>`.
    public init?(_ text: String) {
        guard let open = text.lastIndex(of: "<") else {
            self.init(name: nil, address: text)
            return
        }
        guard text.hasSuffix(">") else { return nil }
        let address = text[text.index(after: open)...].dropLast()
        let name = text[..<open].trimming { $0 == " " || $0 == "\"" }
        self.init(name: String(name), address: String(address))
    }

    public var description: String {
        name.map { "\($0) <\(address)>" } ?? address
    }

    private static func isDotAtomAddress(_ text: String) -> Bool {
        guard (3...254).contains(text.utf8.count) else { return false }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.first != "." && $0.last != "." }) else {
            return false
        }
        return text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"<>()[],;:\\\"".utf8.contains($0) }
    }
}

extension Substring {
    fileprivate func trimming(_ isTrimmed: (Character) -> Bool) -> Substring {
        var rest = self.drop(while: isTrimmed)
        while let last = rest.last, isTrimmed(last) { rest.removeLast() }
        return rest
    }
}

extension MailAddress: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let address = MailAddress(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a mail address")
        }
        self = address
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
