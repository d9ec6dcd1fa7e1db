internal import ArchiveModel
internal import Catalog

/// `set-uploaders`: who may upload to an archive beside its owner, in place of all that was given before.
struct SetUploaders: CommandAction {
    static let form = ActionForm(
        name: "set-uploaders",
        purpose:
            "These people and teams, and nobody else beside the owner, may upload everything to an archive. All rights that were given in it before end.",
        who: "The archive's owner; of a primary archive, admins.",
        fields: [
            .required("In", ActionForm.anyReference, "The archive."),
            .required("Uploaders", "people and teams; or owner", "`owner` by itself: nobody else."),
            .optional("Reason", "why", "For those who read the log."),
        ],
        example: "In: ~alice/debian/tools\nUploaders: bob kernel-team",
        read: { SetUploaders(&$0) })

    private let archive: ArchiveReference
    private let uploaders: [OwnerName]

    private init?(_ fields: inout FieldCheck) {
        let archive = fields.value("In") { ArchiveReference($0) }
        let isOwner = fields.text("Uploaders")?.lowercased() == "owner"
        let names = isOwner ? [] : fields.words("Uploaders") { OwnerName($0) }
        _ = fields.text("Reason")
        guard let archive, let names else { return nil }
        (self.archive, uploaders) = (archive, names)
    }

    func findings(_ check: ActionCheck) async throws -> [Finding] {
        guard try await check.catalog.archive(archive) != nil else {
            return [ActionCheck.noArchive(archive, field: "In")]
        }
        var findings = try await check.rulerFindings(archive, field: "In")
        for name in uploaders where try await !check.catalog.ownerExists(name) {
            findings.append(ActionCheck.noPerson(name, field: "Uploaders"))
        }
        return findings
    }

    func effect(_ scene: ActionScene) async throws -> CommandEffect { .setUploaders(uploaders, in: archive) }
}
