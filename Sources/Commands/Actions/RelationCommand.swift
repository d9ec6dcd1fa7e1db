internal import ArchiveModel
internal import Catalog

/// `set-dependencies` and `set-breaks`: which other PPAs one needs, and which it does not go together with.
struct RelationCommand: CommandAction {
    private enum Act: String {
        case dependencies = "set-dependencies"
        case breaks = "set-breaks"

        var field: String { self == .dependencies ? "Depends" : "Breaks" }
        var kind: RelationKind { self == .dependencies ? .depends : .breaks }
    }

    static let forms = [
        form(
            .dependencies,
            """
            Says which other PPAs of the distribution this one needs, in place of what was said before. Its builds draw on them, and \
            on what these depend on, each in the suite of the same name; and its `.sources` file has them all. While one of them is \
            taken down or deleted, builds wait, and the owner is told. No cycle, and none that breaks another.
            """, "At most \(RelationOrder.othersLimit); with what they need, \(ArchiveRelations.neededLimit).",
            "~bob/debian/base ~kernel-team/debian/tools"),
        form(
            .breaks,
            """
            Says which other PPAs of the distribution are not to be used together with this one, in place of what was said before. \
            Its page and its `.sources` file say so, and no archive can be made to depend on both.
            """, "At most \(RelationOrder.othersLimit), and none that it needs.", "~bob/debian/experiments"),
    ]

    private static func form(_ act: Act, _ purpose: String, _ meaning: String, _ example: String) -> ActionForm {
        ActionForm(
            name: act.rawValue, purpose: purpose, who: "The PPA's owner, and admins.",
            fields: [
                .required("Ppa", ActionForm.reference, "The archive."),
                .required(act.field, ActionForm.references, meaning),
                .optional("Reason", "why", "For those who read the log."),
            ],
            example: "Ppa: ~alice/debian/tools\n\(act.field): \(example)",
            read: { RelationCommand(&$0) })
    }

    private let act: Act
    private let archive: ArchiveReference
    private let others: [ArchiveReference]

    private init?(_ fields: inout FieldCheck) {
        guard let act = Act(rawValue: fields.action) else { return nil }
        let archive = fields.value("Ppa", ArchiveReference.init(owned:))
        let isNone = fields.isWord("none", act.field)
        let others = isNone ? [] : fields.words(act.field, ArchiveReference.init(owned:))
        _ = fields.text("Reason")
        guard let archive, let others else { return nil }
        (self.act, self.archive, self.others) = (act, archive, others)
    }

    func findings(_ check: ActionCheck) async throws -> [Finding] {
        try await check.catalog.preview(order(by: check.person))
    }

    func changes(_ catalog: Catalog?) -> Int { max(1, others.count) }

    func effect(_ scene: ActionScene) async throws -> CommandEffect { .relate(order(by: scene.person)) }

    private func order(by person: Person) -> RelationOrder {
        RelationOrder(of: archive, act.kind, others, by: person)
    }
}
