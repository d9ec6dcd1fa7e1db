/// A .buildinfo file: what was built, and in which surroundings (deb-buildinfo(5)).
public struct BuildInfo: Sendable {
    public let source: PackageName
    public let version: PackageVersion
    /// The version of the source, where a rebuild gave its packages another.
    public let sourceVersion: PackageVersion
    public let architectures: [Architecture]
    /// Empty after a source-only build.
    public let binary: [PackageName]
    /// The files built, the .dsc of a source build among them.
    public let files: [FileEntry]
    public let paragraph: ControlParagraph

    /// Throws all mistakes at once.
    public init(_ paragraph: ControlParagraph) throws(ControlMistakes) {
        var reader = FieldReader(paragraph)
        _ = reader.required("Format")
        let reference = reader.sourceReference(reader.required("Source", "the source package"))
        let version = reader.version()
        architectures = reader.architectures()
        binary = reader.binaryNames(isRequired: false)
        files = reader.mergedFiles(first: "Checksums-Sha256", columns: .plain)
        guard let reference, let version, reader.mistakes.isEmpty else { throw ControlMistakes(reader.mistakes) }
        (source, self.version, self.paragraph) = (reference.name, version, paragraph)
        sourceVersion = reference.version ?? version
    }
}
