internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// `create-ppa`: a new PPA for the signer, or for a team the signer is of.
struct CreatePPA: CommandAction {
    static let form = ActionForm(
        name: "create-ppa",
        purpose: "A new PPA of the signer's, or of a team the signer is of. It gets a signing key of its own.",
        who: "Every person who is registered.",
        fields: [
            .required(
                "Ppa", ActionForm.reference,
                "Not a name that a suite or a distribution has, and not one that ends in `.sources`."),
            .required("Suites", "suites: \(SuiteKind.rule)", "Suites of that distribution, between blanks."),
            .optional(
                "Packages", ImportPackages.packages,
                "What it begins with, of its base, and the packages built from it, as by `import-packages`."),
        ] + PPASettings.fields,
        example: """
            Ppa: ~alice/debian/tools
            Suites: bookworm
            Architectures: amd64
            Description: Tools that Alice needs today
            Uploaders: bob kernel-team
            Older-Than: trixie
            Name-In-Version: yes
            """,
        read: { CreatePPA(&$0) })

    let reference: ArchiveReference
    let suites: [SuiteName]
    let settings: ArchiveSettings
    let packages: [PackageImport.Package]

    private init?(_ fields: inout FieldCheck) {
        let reference = fields.value("Ppa", ArchiveReference.init(owned:))
        let suites = fields.words("Suites", SuiteName.init)
        packages = fields.value("Packages", PackageImport.Package.list) ?? []
        settings = PPASettings.read(&fields)
        guard let reference, let suites else { return nil }
        (self.reference, self.suites) = (reference, suites)
    }

    func accessFindings(_ check: ActionCheck) async throws -> [Finding] {
        try await check.ownerFindings(reference) + check.nameFindings(reference, field: "Ppa")
            + check.suiteFindings(suites, nil, of: reference, field: "Ppa") + limitFindings(check)
            + PPASettings.adminFindings(settings, by: check.person)
            + PPASettings.findings(
                settings, distribution: reference.distribution, suites: suites, in: check.catalog)
    }

    func findings(_ check: ActionCheck) async throws -> [Finding] {
        if packages.isEmpty { return [] }
        return try await check.catalog.preview(
            filling(by: check.person, check.key, check.rules.quotas), filling: suites, settings)
    }

    /// Its signing key takes about as long to make as fifty rows to write.
    func changes(_ catalog: Catalog?) async throws -> Int {
        try await 50 + packages.changes(in: suites, from: .primary(reference.distribution), catalog, true)
    }

    /// A dry run needs some key, and leaves none behind.
    func effect(_ scene: ActionScene) async throws -> CommandEffect {
        let key = scene.isDryRun ? scene.key : try await scene.makeKey(reference)
        var later = settings
        (later.description, later.architectures) = (nil, nil)
        let new = CommandEffect.createArchive(
            NewArchive(
                reference, kind: .ppa, description: settings.description ?? "", signingKey: key,
                suites: suites.map { (name: $0, architectures: settings.architectures) }), later,
            by: scene.person)
        let archive = reference.owner.map { new.makingPPA(of: $0, by: scene.person, scene.rules.quotas) } ?? new
        return packages.isEmpty
            ? archive : .all([archive, .importPackages(filling(by: scene.person, scene.key, scene.rules.quotas))])
    }

    private func filling(by person: Person, _ key: Fingerprint, _ quotas: QuotaRule) -> PackageImport {
        PackageImport(
            to: reference, suites: nil, from: nil, packages: packages, withBinaries: true, by: person, key,
            quotas: quotas)
    }

    private func limitFindings(_ check: ActionCheck) async throws -> [Finding] {
        guard let owner = reference.owner, let limit = check.rules.quotas.ppasEach, !check.person.isAdmin else {
            return []
        }
        let ppas = try await check.catalog.ppas(of: owner, now: check.now)
        guard ppas >= limit else { return [] }
        return [
            Finding(
                .tooManyArchives, "~\(owner) has \(ppas) PPAs already.", field: "Ppa", expected: "at most \(limit)",
                remedy: "Delete some that nobody needs any more, and wait a day; or ask an admin.")
        ]
    }
}
