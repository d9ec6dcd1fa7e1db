internal import ArchiveModel
internal import Catalog

/// `bar-external` and `unbar-external`: who may have to do with external archives at all.
struct ExternalBarCommand: CommandAction {
    private enum Act: String {
        case bar = "bar-external"
        case unbar = "unbar-external"
    }

    static let forms = [
        form(
            .bar,
            "Keeps a person from external archives, for what they did with them: they make none, upload to none and change none, and nobody uploads to theirs. What is published stays; `take-down` with `Block: yes` does both at once.",
            reasonIsRequired: true),
        form(.unbar, "Lets a person have external archives again."),
    ]

    private static func form(_ act: Act, _ purpose: String, reasonIsRequired: Bool = false) -> ActionForm {
        ActionForm(
            name: act.rawValue, purpose: purpose, who: "Admins.",
            fields: [
                .required("Person", "a person", "By the name that their archives have, without `~`."),
                ActionForm.Field(
                    name: "Reason", shape: "why", meaning: "For those who read the log.",
                    isRequired: reasonIsRequired),
            ],
            example: "Person: alice\nReason: the third complaint",
            read: { ExternalBarCommand(&$0) })
    }

    private let act: Act
    private let person: OwnerName
    private let reason: String

    private init?(_ fields: inout FieldCheck) {
        let person = fields.value("Person") { OwnerName($0) }
        reason = fields.text("Reason") ?? ""
        guard let person, let act = Act(rawValue: fields.action) else { return nil }
        (self.act, self.person) = (act, person)
    }

    func findings(_ check: ActionCheck) async throws -> [Finding] {
        guard check.person.isAdmin else { return [check.noAdmin(field: "Person", got: person.text)] }
        guard try await check.catalog.person(named: person) == nil else { return [] }
        return [Finding(.noPerson, "There is no person \(person).", field: "Person", got: person.text)]
    }

    func changes(_ catalog: Catalog?) -> Int { 1 }

    func effect(_ scene: ActionScene) async throws -> CommandEffect {
        .setBarred(act == .bar, person, reason: reason).by(scene.person, as: .admin)
    }
}
