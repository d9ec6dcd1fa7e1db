internal import ArchiveModel
internal import Catalog

/// `transfer`: what a PPA has in newer versions goes into its distribution's own archive.
struct Transfer: CommandAction {
    static let form = ActionForm(
        name: "transfer",
        purpose: """
            Publishes what a PPA has in newer versions than its distribution's own archive there, with the packages built from it, \
            in the suites of the same name that take transfers (`Takes-Transfers` in distributions.d). What is not newer is left \
            out, and named. All or nothing, and what an upload of the same would be refused for is refused here, too; what the \
            archive never had is for who decides about its NEW. With `Dry-Run: yes` in the header it says what would be.
            """,
        who: "Whoever may upload each of the sources to the distribution's own archive.",
        fields: [
            .required("Ppa", ActionForm.reference, "The archive."),
            .optional(
                "Suites", "suites: \(SuiteKind.rule)", "Of that archive; by default each that takes transfers."),
            .optional("Reason", "why", "For those who read the text later."),
        ],
        example: "Ppa: ~alice/debian/transition\nSuites: sid",
        read: { Transfer(&$0) })

    private let archive: ArchiveReference
    private let suites: [SuiteName]?

    private init?(_ fields: inout FieldCheck) {
        let archive = fields.value("Ppa", ArchiveReference.init(owned:))
        suites = fields.words("Suites", SuiteName.init)
        _ = fields.text("Reason")
        guard let archive else { return nil }
        self.archive = archive
    }

    func accessFindings(_ check: ActionCheck) async throws -> [Finding] {
        try await check.catalog.accessFindings(transfer(by: check.person, check.key, quotas: check.rules.quotas))
    }

    func findings(_ check: ActionCheck) async throws -> [Finding] {
        try await check.catalog.preview(transfer(by: check.person, check.key, quotas: check.rules.quotas))
    }

    /// What it has, newer or not: each is compared.
    func changes(_ catalog: Catalog?) async throws -> Int {
        let extent = NamedExtent(in: archive, suites, nil, withBinaries: true)
        return max(1, try await catalog?.count(of: extent) ?? 0)
    }

    func effect(_ scene: ActionScene) async throws -> CommandEffect {
        .transfer(transfer(by: scene.person, scene.key, quotas: scene.rules.quotas))
    }

    private func transfer(by person: Person, _ key: Fingerprint, quotas: QuotaRule) -> PackageTransfer {
        PackageTransfer(of: archive, suites, by: person, key, quotas: quotas)
    }
}
