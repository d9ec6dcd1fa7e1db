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
            "Admins.", reasonIsRequired: true, others: [block]),
        form(.restore, "Shows a PPA again that was taken down, as it was.", "Admins."),
        form(
            .delete,
            "Withdraws a PPA for good: apt and pages do not show it any more, its builds end, and after the grace of pools (`publisher.poolGrace`) its folder is removed. Its name stays taken and its history is kept; what no other archive has of its files leaves the store after `maintenance.bytesGrace`.",
            "Its owner, unless it was taken down, and admins."),
    ]

    private static let block = ActionForm.Field.optional(
        "Block", "yes or no",
        "`yes`, of an external archive: keeps its owner from all of them (`bar-external`), as after repeated offences.")

    private static func form(
        _ act: Act, _ purpose: String, _ who: String, reasonIsRequired: Bool = false, others: [ActionForm.Field] = []
    ) -> ActionForm {
        let reason = ActionForm.Field(
            name: "Reason", shape: "why", meaning: "For those who read the log.", isRequired: reasonIsRequired)
        return ActionForm(
            name: act.rawValue, purpose: purpose, who: who,
            fields: [.required("Ppa", ActionForm.reference, "The archive."), reason] + others,
            example: "Ppa: ~alice/debian/tools\nReason: a complaint about its licence",
            read: { PresenceCommand(&$0) })
    }

    private let act: Act
    private let archive: ArchiveReference
    private let reason: String
    private let bars: Bool

    private init?(_ fields: inout FieldCheck) {
        let archive = fields.value("Ppa", ArchiveReference.init(owned:))
        reason = fields.text("Reason") ?? ""
        guard let archive, let act = Act(rawValue: fields.action) else { return nil }
        bars = act == .takeDown && fields.truth("Block") == true
        (self.act, self.archive) = (act, archive)
    }

    func findings(_ check: ActionCheck) async throws -> [Finding] {
        guard let known = try await check.archive(archive) else {
            return [ActionCheck.noArchive(archive, field: "Ppa")]
        }
        if bars, known.kind != .external {
            return [
                Finding(
                    .notPossible, "\(archive) is no external archive.", field: "Block", got: "yes",
                    remedy: "Leave the field out; slipway person block refuses all that a person sends.")
            ]
        }
        if act == .delete { return try await check.rulerFindings(archive, field: "Ppa") }
        guard !check.person.isAdmin else { return [] }
        return [check.noAdmin(field: "Ppa", got: "\(archive)")]
    }

    func changes(_ catalog: Catalog?) -> Int { 1 }

    func effect(_ scene: ActionScene) async throws -> CommandEffect {
        switch act {
        case .takeDown: .takeDown(archive, barringOwner: bars ? reason : nil).by(scene.person, as: .admin)
        case .restore: .restore(archive).by(scene.person, as: .admin)
        case .delete: .delete(archive, by: scene.person).by(scene.person, as: .ruler(of: archive))
        }
    }
}
