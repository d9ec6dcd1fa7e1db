/// A .dsc file: the control file of a source package (Policy 5.4).
public struct SourceControl: Sendable {
    public let format: SourceFormat
    public let source: PackageName
    public let binary: [PackageName]
    /// What it builds on: architectures, wildcards, and `all`.
    public let architectures: [ArchitectureWildcard]
    public let version: PackageVersion
    public let maintainer: String
    public let uploaders: [String]
    public let standardsVersion: String?
    public let buildDepends: Relations?
    public let buildDependsArch: Relations?
    public let buildDependsIndep: Relations?
    public let buildConflicts: Relations?
    public let buildConflictsArch: Relations?
    public let buildConflictsIndep: Relations?
    /// Empty where the .dsc has no such field.
    public let packageList: [PackageListEntry]
    /// The files of the source package without the .dsc, in the order of `Files`.
    public let files: [FileEntry]
    public let paragraph: ControlParagraph

    /// Throws all mistakes at once.
    public init(_ paragraph: ControlParagraph) throws(ControlMistakes) {
        var reader = FieldReader(paragraph)
        let format = reader.sourceFormat()
        let source = reader.packageName("Source")
        let version = reader.version()
        let maintainer = reader.person(reader.required("Maintainer"), "Maintainer")
        binary = reader.binaryNames(isRequired: true)
        architectures = reader.architectureWildcards()
        uploaders = reader.uploaders()
        standardsVersion = reader.optional("Standards-Version")
        buildDepends = reader.relations("Build-Depends")
        buildDependsArch = reader.relations("Build-Depends-Arch")
        buildDependsIndep = reader.relations("Build-Depends-Indep")
        buildConflicts = reader.relations("Build-Conflicts")
        buildConflictsArch = reader.relations("Build-Conflicts-Arch")
        buildConflictsIndep = reader.relations("Build-Conflicts-Indep")
        packageList = reader.packageList(of: binary)
        files = reader.mergedFiles(first: "Files", columns: .plain)
        if let format, let source, let version {
            reader.note(
                SourceFileSet(files, of: source, version, line: paragraph.line(of: "Files")).mistakes(as: format))
        }
        guard let format, let source, let version, let maintainer, reader.mistakes.isEmpty else {
            throw ControlMistakes(reader.mistakes)
        }
        (self.format, self.source, self.version) = (format, source, version)
        (self.maintainer, self.paragraph) = (maintainer, paragraph)
    }
}
