public import ArchiveModel
public import DebianControl

/// A source that is to be made once more without a change, under a version of its own.
public struct WantedSourceRebuild: Sendable {
    public let id: Int64
    public let archive: Archive
    public let suite: ArchiveSuite
    /// What it is made of.
    public let former: SourceVersion
    public let version: PackageVersion
    /// Of the former one.
    public let dsc: StoredFile
    /// What that lists.
    public let files: [StoredFile]
    /// The paragraph of the former `.dsc`.
    public let control: ControlParagraph
    /// With its component: `contrib/utils`.
    public let section: String
    public let priority: String
    /// One line, for its changelog.
    public let reason: String
    /// Who wanted it, as its changelog has it: with a name.
    public let author: String
    /// When it was wanted, in Unix seconds.
    public let created: Int64
    public let history: WishHistory
    let source: Int64
    let person: Int64
    let key: Fingerprint
    let command: String

    /// `hello 1.0+build1`
    public var title: String { "\(former.name) \(version)" }
}

extension PackageVersion {
    /// Before the number of a source that was made once more.
    private static let mark = "+build"
    /// More than anybody makes; the rest of a version is people's to choose.
    private static let longestNumber = 9

    /// The version without the `+buildN` at its end, and N: 0 where it has none.
    ///
    /// `+buildN` sorts behind the version, and behind all `+bN` that were built of it, and before what people and distributions call the
    /// next one: `1.1`, `1.0.1`, `1.0-2`, `1.0-1.1`, `1.0-1+deb12u1`, `1.0+nmu1`.
    var rebuilt: (version: String, number: Int64) {
        let digits = description.reversed().prefix { ("0"..."9").contains($0) }.count
        let head = description.dropLast(digits)
        guard (1...Self.longestNumber).contains(digits), head.hasSuffix(Self.mark),
            let number = Int64(description.suffix(digits))
        else { return (description, 0) }
        return (String(head.dropLast(Self.mark.count)), number)
    }

    func rebuilt(number: Int64) -> PackageVersion? { PackageVersion("\(rebuilt.version)\(Self.mark)\(number)") }
}
