internal import ArchiveModel
internal import Catalog

/// `change-ppa`: what its owner and admins may say of it later.
struct ChangePPA: CommandAction {
    static let form = ActionForm(
        name: "change-ppa",
        purpose: """
            Changes what is said of a PPA, from now on. What no field names stays as it is. What is published stays, too: where it \
            contradicts what is to be said, it is named, and nothing is changed.
            """,
        who: "Its owner, and whoever is of the owning team; admins. `New: no` only admins.",
        fields: [.required("Ppa", ActionForm.reference, "The archive.")] + PPASettings.laterFields,
        example: """
            Ppa: ~alice/debian/tools
            Description: Tools that Alice needs every day
            New: yes
            Newer-Than: bookworm
            """,
        read: { ChangePPA(&$0) })

    private let archive: ArchiveReference
    private let settings: ArchiveSettings

    private init?(_ fields: inout FieldCheck) {
        let archive = fields.value("Ppa", ArchiveReference.init(owned:))
        settings = PPASettings.readLater(&fields)
        fields.requireOne(of: PPASettings.laterFields.map(\.name))
        guard let archive else { return nil }
        self.archive = archive
    }

    func findings(_ check: ActionCheck) async throws -> [Finding] {
        guard let known = try await check.archive(archive) else {
            return [ActionCheck.noArchive(archive, field: "Ppa")]
        }
        let findings = try await check.rulerFindings(archive, field: "Ppa")
        guard findings.isEmpty else { return findings }
        let isMilder = settings.hasNew == false && !check.person.isAdmin
        return (isMilder ? [PPASettings.adminsOnly("New", "no")] : [])
            + PPASettings.adminFindings(settings, by: check.person, of: known.kind)
            + (try await PPASettings.findings(
                settings, distribution: archive.distribution, suites: settings.suites ?? known.suites.map(\.name),
                in: check.catalog))
            + (try await contradictions(known, check))
            + (try await check.catalog.suiteObstacles(to: settings, in: known))
    }

    private func contradictions(_ known: Archive, _ check: ActionCheck) async throws -> [Finding] {
        try await check.catalog.contradictions(to: settings, in: known).map { contradiction in
            Finding(
                .contradictsPublished, contradiction.sentence(in: archive), field: contradiction.field,
                remedy: "Remove them first, or leave the field out.")
        }
    }

    func changes(_ catalog: Catalog?) -> Int { 1 + (settings.suites?.count ?? 0) }

    func effect(_ scene: ActionScene) async throws -> CommandEffect {
        .change(archive, settings, by: scene.person)
    }
}
