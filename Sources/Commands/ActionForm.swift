internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// What one action is called, takes and does. The reader of its paragraphs, their mistakes, `slipway command` and
/// docs/commands.md all come from it.
public struct ActionForm: Sendable {
    public struct Field: Sendable {
        public let name: String
        /// How its value looks: what a mistake says was expected.
        public let shape: String
        /// What it says, for whoever writes it.
        public let meaning: String
        public let isRequired: Bool

        static func required(_ name: String, _ shape: String, _ meaning: String) -> Field {
            Field(name: name, shape: shape, meaning: meaning, isRequired: true)
        }

        static func optional(_ name: String, _ shape: String, _ meaning: String) -> Field {
            Field(name: name, shape: shape, meaning: meaning, isRequired: false)
        }
    }

    /// Told from others without case.
    public let name: String
    /// What it does, in sentences.
    public let purpose: String
    /// Whose signature it needs.
    public let who: String
    /// Besides `Action`.
    public let fields: [Field]
    /// The fields of a paragraph that is right.
    public let example: String
    /// Reads the fields; nil where one that it needs is missing or wrong, which the fields then know.
    let read: @Sendable (inout FieldCheck) -> (any CommandAction)?
}

extension ActionForm {
    /// In the order of the manual.
    public static let all: [ActionForm] =
        [CreatePPA.form, ChangePPA.form, CopyPackages.form, ImportPackages.form, PackageRemoval.form]
        + UploadCommand.forms
        + BuildCommand.forms
        + SuiteCommand.forms + [SetUploaders.form] + RightCommand.forms + KeyCommand.forms
        + PresenceCommand.forms
        + RelationCommand.forms + [Transfer.form, Rebuild.form, AddKey.form]
        + [AgreeTerms.form, CreateExternal.form] + ExternalBarCommand.forms

    public static func named(_ name: String) -> ActionForm? {
        all.first { $0.name == name.lowercased() }
    }

    /// The paragraph of the example, as it is signed.
    public var exampleParagraph: String { "Action: \(name)\n\(example)\n" }

    struct Refused: Error {
        let findings: [Finding]
    }

    /// Reads a paragraph into what it asks for, or into all that is wrong with it.
    static func parse(_ paragraph: ControlParagraph, _ limits: CommandLimits) -> Result<any CommandAction, Refused> {
        let name = paragraph["Action"] ?? ""
        guard let form = named(name) else { return .failure(Refused(findings: [unknown(name)])) }
        var fields = FieldCheck(paragraph, form: form, limits: limits)
        let action = form.read(&fields)
        guard let action, fields.findings.isEmpty else { return .failure(Refused(findings: fields.findings)) }
        return .success(action)
    }

    private static func unknown(_ name: String) -> Finding {
        let names = all.map(\.name)
        return Finding(
            .unknownAction, "There is no such action.", field: "Action", expected: names.joined(separator: ", "),
            got: String(name.prefix(200)), remedy: names.nearest(to: name).map { "Did you mean \($0)?" })
    }
}

/// What a paragraph asks for, read and well-formed.
protocol CommandAction: Sendable {
    /// Whether the person may know of the archives that are named, and may do such a thing there at all. Asked before anything is
    /// counted: what keeps somebody out says nothing of what is inside. What it finds stands alone.
    func accessFindings(_ check: ActionCheck) async throws -> [Finding]

    /// All else that keeps it from being done, as things stand. Changes nothing.
    func findings(_ check: ActionCheck) async throws -> [Finding]

    /// How many things it changes, as far as `CommandLimits.changes` counts them.
    /// - Parameter catalog: nil where there is none to ask, and what is named counts.
    func changes(_ catalog: Catalog?) async throws -> Int

    /// What it changes. All paragraphs of the text are good by now; what is made outside of the catalog is made here, and
    /// nothing in a dry run.
    func effect(_ scene: ActionScene) async throws -> CommandEffect
}

extension CommandAction {
    /// For whatever is counted by what the text says.
    func accessFindings(_ check: ActionCheck) async throws -> [Finding] { [] }
}
