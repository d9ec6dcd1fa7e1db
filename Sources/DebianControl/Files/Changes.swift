/// A .changes file: what an upload holds and where it is to go (Policy 5.5).
public struct Changes: Sendable {
    public let format: String
    /// As written: RFC 2822, but nobody has promised that.
    public let date: String
    public let source: PackageName
    /// `Source: name (version)` of a binary upload whose version is not its source's.
    public let sourceVersionInParentheses: PackageVersion?
    /// Empty in source-only uploads, which have no such field since dpkg 1.19.3.
    public let binary: [PackageName]
    public let architectures: [Architecture]
    public let version: PackageVersion
    /// Exactly one word; a list because the field is one.
    public let distribution: [String]
    public let urgency: String?
    public let maintainer: String
    public let changedBy: String?
    /// Bug numbers.
    public let closes: [Int]
    /// The text of the changelog entries.
    public let changes: String
    public let description: String?
    /// Every file but the .changes itself, in the order of `Files`.
    public let files: [FileEntry]
    public let paragraph: ControlParagraph

    public var isSourceful: Bool { architectures.contains(.source) }
    /// The version of the source package: that in parentheses, else the upload's own.
    public var sourceVersion: PackageVersion { sourceVersionInParentheses ?? version }
    /// Nil in uploads without source.
    public var dsc: FileEntry? { files.first { $0.named.kind == .dsc } }
    public var buildinfos: [FileEntry] { files.filter { $0.named.kind == .buildinfo } }

    /// Throws all mistakes at once.
    public init(_ paragraph: ControlParagraph) throws(ControlMistakes) {
        var reader = FieldReader(paragraph)
        let format = reader.changesFormat()
        let date = reader.required("Date", "the date of the changelog entry")
        let reference = reader.sourceReference(reader.required("Source", "the source package"))
        let version = reader.version()
        let maintainer = reader.person(reader.required("Maintainer"), "Maintainer")
        let changes = reader.required("Changes", "the changelog entries")
        urgency = reader.optional("Urgency")
        changedBy = reader.person(reader.optional("Changed-By"), "Changed-By")
        distribution = reader.distribution()
        architectures = reader.architectures()
        binary = reader.binaryNames(isRequired: false)
        description = reader.optional("Description")
        closes = reader.bugNumbers()
        files = reader.mergedFiles(first: "Files", columns: .withSection)
        reader.checkFiles(files, of: reference, version, architectures, binary)
        guard let format, let date, let reference, let version, let maintainer, let changes, reader.mistakes.isEmpty
        else { throw ControlMistakes(reader.mistakes) }
        (self.format, self.date, self.version) = (format, date, version)
        (source, sourceVersionInParentheses) = (reference.name, reference.version)
        (self.maintainer, self.changes, self.paragraph) = (maintainer, changes, paragraph)
    }
}
