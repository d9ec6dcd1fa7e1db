/// One line of `Package-List` in a .dsc: `name type section priority [key=value …]` (deb-src-control, dpkg 1.16.1).
public struct PackageListEntry: Sendable, Hashable {
    public let name: PackageName
    /// `deb`, `udeb` or what a later dpkg knows.
    public let type: String
    public let section: String
    public let priority: String
    /// `arch`, `profile`, `essential` and so on; `arch` holds architectures joined by commas.
    public let options: [String: String]

    public init?(_ line: some StringProtocol) {
        let words = line.words
        guard words.count >= 4, let name = PackageName(words[0]) else { return nil }
        var options: [String: String] = [:]
        for word in words.dropFirst(4) {
            guard let (key, value) = word.splitOnce(at: "="), !key.isEmpty, options[String(key)] == nil else {
                return nil
            }
            options[String(key)] = String(value)
        }
        self.name = name
        (type, section, priority) = (String(words[1]), String(words[2]), String(words[3]))
        self.options = options
    }

    /// What it can be built on; empty where the line does not say.
    public var architectures: [ArchitectureWildcard] {
        (options["arch"] ?? "").split(separator: ",").compactMap { ArchitectureWildcard($0) }
    }
}
