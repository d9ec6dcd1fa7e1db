/// The control file of a binary package (Policy 5.3).
public struct BinaryControl: Sendable {
    public let package: PackageName
    public let version: PackageVersion
    /// Never `source`.
    public let architecture: Architecture
    /// The source package and its version, which are the package's own where `Source` does not say otherwise.
    public let source: PackageName
    public let sourceVersion: PackageVersion
    public let maintainer: String
    public let section: String?
    public let priority: String?
    /// Synopsis and, below it, the long text.
    public let description: String
    /// By field name as in `relationFields`; fields that are not there are not here.
    public let relations: [String: Relations]
    public let paragraph: ControlParagraph

    /// Policy 7.2 to 7.8, in the order indexes have them.
    public static let relationFields = [
        "Pre-Depends", "Depends", "Recommends", "Suggests", "Enhances", "Breaks", "Conflicts", "Replaces", "Provides",
        "Built-Using", "Static-Built-Using",
    ]

    /// Throws all mistakes at once.
    public init(_ paragraph: ControlParagraph) throws(ControlMistakes) {
        var reader = FieldReader(paragraph)
        let package = reader.packageName("Package")
        let version = reader.version()
        let architecture = reader.binaryArchitecture()
        let reference = reader.sourceReference(reader.optional("Source"))
        let maintainer = reader.person(reader.required("Maintainer"), "Maintainer")
        let description = reader.required("Description", "a synopsis and a description")
        section = reader.optional("Section")
        priority = reader.optional("Priority")
        relations = reader.binaryRelations()
        reader.checkMultiArch()
        guard let package, let version, let architecture, let maintainer, let description, reader.mistakes.isEmpty
        else { throw ControlMistakes(reader.mistakes) }
        (self.package, self.version, self.architecture) = (package, version, architecture)
        (source, sourceVersion) = (reference?.name ?? package, reference?.version ?? version)
        (self.maintainer, self.description, self.paragraph) = (maintainer, description, paragraph)
    }

    /// Sources that it has parts of, for whose licence they have to be kept (Policy 7.8), as names and versions.
    public var builtUsing: [(source: PackageName, version: PackageVersion)] {
        ["Built-Using", "Static-Built-Using"].flatMap { relations[$0]?.groups ?? [] }.joined().compactMap { relation in
            relation.bound.map { (source: relation.name, version: $0.version) }
        }
    }

    /// What the name of the file says against its control fields: it is `package_version_architecture.deb`.
    public func mistakes(named name: FileName) -> [FieldMistake] {
        let named = NamedUploadFile(name)
        let parts = [
            ("Package", package.description, named.package), ("Version", version.withoutEpoch, named.version),
            ("Architecture", architecture.description, named.architecture),
        ]
        return parts.filter { $0.1 != $0.2 }.map { field, own, inName in
            FieldMistake(
                .fileNameDisagrees, field: field,
                expected: "\(inName ?? "a name such as a_1.0_all.deb"), as in the name",
                got: own, line: paragraph.line(of: field))
        }
    }
}
