internal import DebianControl

/// The terms of use of external archives. Whoever makes one has agreed to them.
public struct TermsOfUse: Sendable, Hashable {
    /// A word: what `agree-terms` names.
    public let version: String
    /// Since when they are in force: `2026-11-21`.
    public let date: String
    /// Where they can be read.
    public let page: String

    /// - Parameter version: letters, digits and `- + . ~`, at most 40.
    public init?(version: String, date: String, page: String) {
        guard Self.isVersion(version), UTCDate(day: date) != nil else { return nil }
        (self.version, self.date, self.page) = (version, date, page)
    }

    public static func isVersion(_ text: String) -> Bool {
        (1...40).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                byte < 0x80 && (Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber)
                    || "-+.~".utf8.contains(byte)
            }
    }
}

/// What holds for external archives; where there is no such rule, the service has none.
public struct ExternalRule: Sendable, Hashable {
    /// Those in force.
    public let terms: TermsOfUse
    /// How many one person may have that are not deleted: each has a signing key and a tree of its own, and makes work for
    /// whoever looks into complaints.
    public var archivesEach: Int64 = 5

    public init(terms: TermsOfUse) { self.terms = terms }
}
