internal import ArchiveModel
internal import Catalog

/// `agree-terms`: the signer takes what external archives ask of whoever has one.
struct AgreeTerms: CommandAction {
    static let form = ActionForm(
        name: "agree-terms",
        purpose: """
            Agrees to the terms of use of external archives: what these hold is their owner's to answer for. It is kept for ever who \
            agreed to which version, when, and with which key. When the terms change, what is there goes on; the next archive \
            needs the new ones.
            """,
        who: "Every person who is registered, for themselves.",
        fields: [
            .required(
                "Terms", "a version of the terms",
                "That in force: it is on the page `/terms`, above the text that is agreed to.")
        ],
        example: "Terms: 1",
        read: { AgreeTerms(&$0) })

    private let version: String

    private init?(_ fields: inout FieldCheck) {
        let version = fields.value("Terms") { TermsOfUse.isVersion($0) ? $0 : nil }
        guard let version else { return nil }
        self.version = version
    }

    func findings(_ check: ActionCheck) async throws -> [Finding] {
        guard let terms = check.rules.external?.terms else { return [ActionCheck.noExternalArchives] }
        guard terms.version != version else { return [] }
        return [
            Finding(
                .otherTerms, "The terms of use in force are version \(terms.version) of \(terms.date): \(terms.page)",
                field: "Terms", expected: terms.version, got: version, remedy: "Read those, and agree to them.")
        ]
    }

    func changes(_ catalog: Catalog?) -> Int { 1 }

    func effect(_ scene: ActionScene) async throws -> CommandEffect {
        guard let terms = scene.rules.external?.terms else { throw Conflict(ActionCheck.noExternalArchives.sentence) }
        return .agree(scene.person, to: terms, key: scene.key, signature: scene.signature)
    }
}

extension ActionCheck {
    static let noExternalArchives = Finding(
        .noExternalArchives, "This service has no external archives.",
        remedy: "Make a PPA with create-ppa, or ask the admin.")
}
