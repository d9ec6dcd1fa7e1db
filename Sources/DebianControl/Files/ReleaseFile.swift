/// The `Release` file of a suite, unsigned (Debian Repository Format, "Release" files).
public struct ReleaseFile: Sendable, Equatable {
    /// An index file as `Release` lists it.
    public struct Entry: Sendable, Equatable {
        /// Relative to the folder of the `Release` file.
        public let path: String
        /// In bytes.
        public let size: Int64
        public let md5: String?
        public let sha256: String

        public init(path: String, size: Int64, md5: String? = nil, sha256: String) {
            (self.path, self.size, self.md5, self.sha256) = (path, size, md5, sha256)
        }
    }

    public var origin: String
    public var label: String
    public var suite: String
    public var codename: String
    public var version: String?
    /// Seconds since 1970.
    public var date: Int64
    /// Seconds since 1970; from then on apt takes the file for stale.
    public var validUntil: Int64?
    /// Keeps apt from installing from here unless asked to.
    public var notAutomatic = false
    /// With `notAutomatic` only: what was once installed from here is upgraded.
    public var butAutomaticUpgrades = false
    public var acquireByHash = true
    public var architectures: [Architecture]
    public var components: [String]
    public var description: String?
    public var entries: [Entry]

    public init(
        origin: String, label: String, suite: String, codename: String, date: Int64, architectures: [Architecture],
        components: [String], entries: [Entry]
    ) {
        (self.origin, self.label, self.suite, self.codename) = (origin, label, suite, codename)
        (self.date, self.architectures, self.components, self.entries) = (date, architectures, components, entries)
    }

    /// The text to sign: the same for the same value, entries sorted by path.
    public func serialized() -> String {
        var paragraph = ControlParagraph()
        for (name, value) in head { paragraph[name] = value.map(Self.oneLine) }
        let sorted = entries.sorted { $0.path < $1.path }
        if !sorted.contains(where: { $0.md5 == nil }) { paragraph["MD5Sum"] = Self.list(sorted) { $0.md5 ?? "" } }
        paragraph["SHA256"] = Self.list(sorted, \.sha256)
        return paragraph.serialized()
    }

    private var head: [(String, String?)] {
        [
            ("Origin", origin), ("Label", label), ("Suite", suite), ("Version", version), ("Codename", codename),
            ("Date", UTCDate(secondsSince1970: date).description),
            ("Valid-Until", validUntil.map { UTCDate(secondsSince1970: $0).description }),
            ("NotAutomatic", notAutomatic ? "yes" : nil),
            ("ButAutomaticUpgrades", notAutomatic && butAutomaticUpgrades ? "yes" : nil),
            ("Acquire-By-Hash", acquireByHash ? "yes" : nil),
            ("Architectures", architectures.map(\.description).joined(separator: " ")),
            ("Components", components.joined(separator: " ")), ("Description", description),
        ]
    }

    /// apt reads these as single lines; a title with a line break in it stays one.
    private static func oneLine(_ text: String) -> String { text.lines.joined(separator: " ") }

    private static func list(_ entries: [Entry], _ digest: (Entry) -> String) -> String {
        entries.map { "\n\(digest($0)) \(padded($0.size)) \($0.path)" }.joined()
    }

    /// Right-aligned, for people who read it.
    private static func padded(_ size: Int64) -> String {
        let digits = String(size)
        return String(repeating: " ", count: max(0, 8 - digits.utf8.count)) + digits
    }
}
