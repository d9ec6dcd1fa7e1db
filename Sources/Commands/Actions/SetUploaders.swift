internal import ArchiveModel
internal import Catalog

/// `set-uploaders`: who may upload to an archive beside its owner, in place of all that was given before.
struct SetUploaders: CommandAction {
    static let form = ActionForm(
        name: "set-uploaders",
        purpose:
            "These, and nobody else beside the owner, may upload everything to an archive. All rights that were given in it before end.",
        who: "The archive's owner; of a primary archive, admins.",
        fields: [
            .required("In", ActionForm.anyReference, "The archive."),
            .required(
                "Uploaders", PPASettings.uploaders,
                "`owner` by itself: nobody else; `everyone`: every registered person; a fingerprint: whoever has the key, with that key alone."
            ),
            .optional("Reason", "why", "For those who read the log."),
        ],
        example: "In: ~alice/debian/tools\nUploaders: bob kernel-team",
        read: { SetUploaders(&$0) })

    private let archive: ArchiveReference
    private let uploaders: Uploaders

    private init?(_ fields: inout FieldCheck) {
        let archive = fields.value("In") { ArchiveReference($0) }
        let uploaders = fields.uploaders("Uploaders")
        _ = fields.text("Reason")
        guard let archive, let uploaders else { return nil }
        (self.archive, self.uploaders) = (archive, uploaders)
    }

    func findings(_ check: ActionCheck) async throws -> [Finding] {
        guard try await check.archive(archive) != nil else {
            return [ActionCheck.noArchive(archive, field: "In")]
        }
        return try await check.rulerFindings(archive, field: "In")
            + PPASettings.uploaderFindings(uploaders, in: check.catalog)
    }

    func changes(_ catalog: Catalog?) -> Int {
        guard case .these(let uploaders) = uploaders else { return 1 }
        return max(1, uploaders.count)
    }

    func effect(_ scene: ActionScene) async throws -> CommandEffect {
        .setUploaders(uploaders, in: archive, by: scene.person)
    }
}
