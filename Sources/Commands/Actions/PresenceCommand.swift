internal import ArchiveModel
internal import Catalog

/// `take-down`, `restore` and `delete-ppa`: whether an archive is there.
struct PresenceCommand: CommandAction {
    private enum Act: String {
        case takeDown = "take-down"
        case restore
        case delete = "delete-ppa"
    }

    static let forms = [
        form(
            .takeDown,
            "Hides a PPA within seconds, as a whole, for whatever reason there is to look into first. Nothing of it is lost; it takes and builds nothing meanwhile, and only admins may change it.",
            "Admins.", reasonIsRequired: true),
        form(.restore, "Shows a PPA again that was taken down, as it was.", "Admins."),
        form(
            .delete,
            "Withdraws a PPA for good: apt and pages do not show it any more, its builds end, and after the grace of pools (`publisher.poolGrace`) its folder is removed. Its name stays taken and its history is kept, with the accepted files in the service's own store.",
            "Its owner, unless it was taken down, and admins."),
    ]

    private static func form(
        _ act: Act, _ purpose: String, _ who: String, reasonIsRequired: Bool = false
    ) -> ActionForm {
        let reason = ActionForm.Field(
            name: "Reason", shape: "why", meaning: "For those who read the log.", isRequired: reasonIsRequired)
        return ActionForm(
            name: act.rawValue, purpose: purpose, who: who,
            fields: [.required("Ppa", ActionForm.reference, "The archive."), reason],
            example: "Ppa: ~alice/debian/tools\nReason: a complaint about its licence",
            read: { PresenceCommand(&$0) })
    }

    private let act: Act
    private let archive: ArchiveReference

    private init?(_ fields: inout FieldCheck) {
        let archive = fields.value("Ppa", ArchiveReference.init(owned:))
        _ = fields.text("Reason")
        guard let archive, let act = Act(rawValue: fields.action) else { return nil }
        (self.act, self.archive) = (act, archive)
    }

    func findings(_ check: ActionCheck) async throws -> [Finding] {
        guard try await check.catalog.archive(archive) != nil else {
            return [ActionCheck.noArchive(archive, field: "Ppa")]
        }
        if act == .delete { return try await check.rulerFindings(archive, field: "Ppa") }
        guard !check.person.isAdmin else { return [] }
        return [
            Finding(
                .noRight, "\(check.person.name) is no admin.", field: "Ppa", got: "\(archive)", remedy: "Ask an admin.")
        ]
    }

    func effect(_ scene: ActionScene) async throws -> CommandEffect {
        switch act {
        case .takeDown: .takeDown(archive)
        case .restore: .restore(archive)
        case .delete: .delete(archive, by: scene.person)
        }
    }
}
