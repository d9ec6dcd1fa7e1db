/// The version of a package, `[epoch:]upstream[-revision]` (Policy 5.6.12).
///
/// Equality is that of Policy's order: `1.0`, `0:1.00` and `1.0-0` are equal. Where the same spelling is meant, as of
/// two files of one upload, compare `description`.
public struct PackageVersion: Comparable, Hashable, Sendable, CustomStringConvertible {
    public let epoch: Int
    public let upstream: String
    public let revision: String?
    /// The version as it was written.
    public let description: String
    /// Compares byte by byte exactly as Policy orders versions, so that a database can sort them.
    public let sortKey: [UInt8]

    /// Nil for what dpkg would not take. An upstream version has to start with a digit, which Policy only recommends
    /// but dpkg-source demands.
    public init?(_ text: some StringProtocol) {
        var rest = Substring(text)
        var epoch = 0
        if let (head, tail) = rest.splitOnce(at: ":") {
            guard let number = Self.epoch(head) else { return nil }
            (epoch, rest) = (number, tail)
        }
        let revision = Self.cutRevision(from: &rest)
        guard rest.utf8.first?.isDigit == true, rest.utf8.allSatisfy(Self.isUpstream),
            revision.map({ !$0.isEmpty && $0.utf8.allSatisfy(Self.isRevision) }) ?? true
        else { return nil }
        self.epoch = epoch
        upstream = String(rest)
        self.revision = revision.map { String($0) }
        description = String(text)
        sortKey = Self.sortKey(epoch: epoch, upstream: upstream, revision: self.revision ?? "")
    }

    /// As file names have it.
    public var withoutEpoch: String { revision.map { "\(upstream)-\($0)" } ?? upstream }

    /// As names of upstream tarballs have it.
    public var withoutEpochAndRevision: String { upstream }

    public static func == (a: Self, b: Self) -> Bool { a.sortKey == b.sortKey }
    public static func < (a: Self, b: Self) -> Bool { a.sortKey.lexicographicallyPrecedes(b.sortKey) }
    public func hash(into hasher: inout Hasher) { hasher.combine(sortKey) }

    /// dpkg keeps an epoch in a C `int`.
    private static func epoch(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy(\.isDigit) else { return nil }
        return Int32(text).map { Int($0) }
    }

    private static func cutRevision(from text: inout Substring) -> Substring? {
        guard let hyphen = text.utf8.lastIndex(of: UInt8(ascii: "-")) else { return nil }
        defer { text = text[..<hyphen] }
        return text[text.utf8.index(after: hyphen)...]
    }

    private static func isRevision(_ byte: UInt8) -> Bool {
        byte.isAlphanumeric || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "~")
    }

    /// A colon is left only where an epoch went before it, as Policy demands.
    private static func isUpstream(_ byte: UInt8) -> Bool {
        isRevision(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ":")
    }
}
