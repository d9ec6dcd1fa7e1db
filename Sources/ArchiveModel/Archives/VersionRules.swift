internal import DebianControl

/// What a PPA says of the versions it takes, besides what holds in every archive.
public struct VersionRules: Sendable, Hashable {
    /// Versions are higher than those that this suite of the base has.
    public var newerThan: SuiteName?
    /// Versions are lower than those that this suite of the base has.
    public var olderThan: SuiteName?
    /// Versions contain the PPA's name, so that they are told from the base's.
    public var needName: Bool

    public init(newerThan: SuiteName? = nil, olderThan: SuiteName? = nil, needName: Bool = false) {
        (self.newerThan, self.olderThan, self.needName) = (newerThan, olderThan, needName)
    }

    public var isEmpty: Bool { self == VersionRules() }

    /// For whoever is about to upload.
    public var sentences: [String] {
        [
            newerThan.map { "Versions are higher than those of \($0)." },
            olderThan.map { "Versions are lower than those of \($0)." },
            needName ? "Versions contain its name." : nil,
        ].compactMap(\.self)
    }
}

/// One of them that a version does not keep.
public enum VersionRuleBreach: Sendable, Hashable {
    /// The suite has this version, which is as high or higher.
    case notNewer(than: String, suite: SuiteName)
    /// The suite has this version, which is as low or lower.
    case notOlder(than: String, suite: SuiteName)
    /// It contains none of these: a name with `-` may stand with `.` in it, as `-` ends the upstream version.
    case withoutName(spellings: [String])

    /// How a PPA's name may stand in a version.
    public static func spellings(of name: ArchiveName) -> [String] {
        let dotted = String(name.text.map { $0 == "-" ? "." : $0 })
        return dotted == name.text ? [name.text] : [name.text, dotted]
    }

    public var code: FindingCode {
        switch self {
        case .notNewer: .ppaVersionNotNewer
        case .notOlder: .ppaVersionNotOlder
        case .withoutName: .ppaVersionWithoutName
        }
    }

    /// What the version should be.
    public var expected: String {
        switch self {
        case .notNewer(let version, _): "higher than \(version)"
        case .notOlder(let version, _): "lower than \(version)"
        case .withoutName(let spellings): spellings.map { "…\($0)…" }.joined(separator: " or ")
        }
    }

    /// - Parameter source: name and version.
    public func sentence(_ source: String, in archive: ArchiveReference) -> String {
        switch self {
        case .notNewer(let version, let suite):
            "\(archive) takes versions that are higher than \(suite)'s, and \(suite) has \(version): \(source) is not."
        case .notOlder(let version, let suite):
            "\(archive) takes versions that are lower than \(suite)'s, and \(suite) has \(version): \(source) is not."
        case .withoutName(let spellings):
            "\(archive) takes versions that contain \(spellings.joined(separator: " or ")): \(source) does not."
        }
    }
}
