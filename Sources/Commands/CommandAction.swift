internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// The actions there are. A paragraph is read into one of them, or into all that is wrong with it.
enum CommandAction: Sendable {
    case createPPA(CreatePPA)
    case removePackages(PackageRemoval)
    case order(UploadCommand)

    struct Refused: Error {
        let findings: [Finding]
    }

    static let names = ["create-ppa", "remove-packages"] + UploadCommand.names

    static func parse(_ paragraph: ControlParagraph) -> Result<CommandAction, Refused> {
        switch paragraph["Action"]?.lowercased() {
        case "create-ppa": CreatePPA.parse(paragraph).map { .createPPA($0) }
        case "remove-packages": PackageRemoval.parse(paragraph).map { .removePackages($0) }
        case let name? where UploadCommand.names.contains(name):
            UploadCommand.parse(paragraph, action: name).map { .order($0) }
        case let other: .failure(Refused(findings: [unknown(other)]))
        }
    }

    private static func unknown(_ name: String?) -> Finding {
        let sentence = name == nil ? "The paragraph has no Action." : "There is no such action."
        return Finding(
            .unknownAction, sentence, field: "Action", expected: names.joined(separator: ", "),
            got: name.map { String($0.prefix(200)) })
    }
}

/// `create-ppa`: a new PPA for the signer, or for a team the signer is of.
struct CreatePPA: Sendable {
    let reference: ArchiveReference
    let suites: [SuiteName]
    /// `nil`: those of each suite.
    let architectures: [Architecture]?
    let description: String

    static func parse(_ paragraph: ControlParagraph) -> Result<CreatePPA, CommandAction.Refused> {
        var fields = FieldCheck(paragraph, known: ["Action", "Ppa", "Suites", "Architectures", "Description"])
        let reference = fields.required("Ppa", "~owner/distribution/name", ArchiveReference.init(owned:))
        let suites = fields.requiredWords("Suites", "suites: \(SuiteKind.rule)", SuiteName.init)
        let architectures = fields.words("Architectures", "names as dpkg uses them", Architecture.init)
        let description = fields.optional("Description", "one line", \.oneLine) ?? ""
        guard fields.findings.isEmpty, let reference else {
            return .failure(CommandAction.Refused(findings: fields.findings))
        }
        return .success(
            CreatePPA(reference: reference, suites: suites, architectures: architectures, description: description))
    }

    func archive(signedBy key: Fingerprint) -> NewArchive {
        NewArchive(
            reference, kind: .ppa, description: description, signingKey: key,
            suites: suites.map { (name: $0, architectures: architectures) })
    }
}

extension PackageRemoval {
    /// `remove-packages`: sources and their binaries, out of one suite or all.
    static func parse(_ paragraph: ControlParagraph) -> Result<PackageRemoval, CommandAction.Refused> {
        var fields = FieldCheck(paragraph, known: ["Action", "Ppa", "Suites", "Packages", "Reason"])
        let reference = fields.required("Ppa", "~owner/distribution/name", ArchiveReference.init(owned:))
        let suites = fields.words("Suites", "suites: \(SuiteKind.rule)", SuiteName.init)
        let packages = fields.required(
            "Packages", "source names, with or without \"(= version)\", between commas", packages)
        guard fields.findings.isEmpty, let reference, let packages else {
            return .failure(CommandAction.Refused(findings: fields.findings))
        }
        return .success(PackageRemoval(archive: reference, suites: suites, packages: packages))
    }

    /// `hello (= 2.10-3), bye`: the form of relations (Policy 7.1), each with one name and at most an exact version.
    private static func packages(_ text: String) -> [Package]? {
        guard let relations = try? Relations(parsing: text) else { return nil }
        let packages = relations.groups.compactMap { group -> Package? in
            guard group.count == 1, let relation = group.first else { return nil }
            guard let bound = relation.bound else { return Package(name: relation.name, version: nil) }
            return bound.comparison == .equal ? Package(name: relation.name, version: bound.version) : nil
        }
        return packages.count == relations.groups.count && !packages.isEmpty ? packages : nil
    }
}

extension ArchiveReference {
    /// A reference with an owner: primary archives are the admin's.
    fileprivate init?(owned text: String) {
        guard let reference = ArchiveReference(text), reference.owner != nil else { return nil }
        self = reference
    }
}

extension String {
    fileprivate var oneLine: String? { contains("\n") ? nil : self }
}
