internal import ArchiveModel

/// Texts as everybody may see them: no mail address in full, as pages are read by collectors of addresses.
enum PublicText {
    /// `alice@example.org` becomes `alice@…`. Goes through the text once: a regular expression would take minutes for a
    /// stranger's line of 100,000 letters.
    static func hidingAddresses(_ text: String) -> String {
        var shown: [UInt8] = []
        var rest = text.utf8[...]
        while let sign = rest.firstIndex(of: UInt8(ascii: "@")) {
            let hasName = sign > rest.startIndex && isOfName(rest[rest.index(before: sign)])
            shown += rest[...sign]
            rest = rest[rest.index(after: sign)...]
            let domain = domain(at: rest)
            guard hasName, domain.contains(dot) else { continue }
            shown += "…".utf8
            rest = rest[domain.endIndex...]
        }
        return String(decoding: shown + rest, as: UTF8.self)
    }

    /// What stands there like a domain, without dots at its end.
    private static func domain(at text: Substring.UTF8View) -> Substring.UTF8View {
        var domain = text.prefix { isOfWord($0) || $0 == UInt8(ascii: "-") || $0 == dot }
        while domain.last == dot { domain.removeLast() }
        return domain
    }

    private static let dot = UInt8(ascii: ".")

    private static func isOfName(_ byte: UInt8) -> Bool { isOfWord(byte) || "._%+-".utf8.contains(byte) }

    /// A letter or digit; also of a domain in another script.
    private static func isOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...0xFF: true
        default: false
        }
    }
}

extension Finding {
    var published: Finding {
        saying(PublicText.hidingAddresses)
    }
}
