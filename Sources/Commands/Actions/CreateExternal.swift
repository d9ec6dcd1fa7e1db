internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// `create-external`: an archive that its owner alone answers for.
struct CreateExternal: CommandAction {
    static let form = ActionForm(
        name: "create-external",
        purpose: """
            A new external archive of the signer's, who alone answers for what is in it, whoever uploads. Nothing waits in NEW, \
            all is published in `main`, and it has a tree, a host name and a signing key of its own. Its owner is mailed every \
            change, and its log of uploads is public.
            """,
        who: "Every person who has agreed to the terms of use in force (`agree-terms`), for themselves.",
        fields: [
            .required(
                "Archive", ActionForm.reference,
                "The signer's. Not a name that a suite or a distribution has, and not one that ends in `.sources`."),
            .required("Suites", "suites: \(SuiteKind.rule)", "Suites of that distribution, between blanks."),
            .optional(
                "Architectures", "names as dpkg uses them", "Which of the suites' architectures; without it all."),
            .optional("Description", "one line", "For whoever finds it."),
            .optional(
                "Binaries", "yes or no",
                "Whether people upload packages, also such without a source. Without it `yes`."),
            .optional("Autobuild", "yes or no", "Whether sources are built here. Without it `no`."),
        ],
        example: """
            Archive: ~alice/debian/drivers
            Suites: bookworm
            Description: Drivers for hardware that three of us have
            """,
        read: { CreateExternal(&$0) })

    private let reference: ArchiveReference
    private let suites: [SuiteName]
    private let architectures: [Architecture]?
    private let description: String
    private let takesBinaries: Bool
    private let buildsByItself: Bool

    private init?(_ fields: inout FieldCheck) {
        let reference = fields.value("Archive", ArchiveReference.init(owned:))
        let suites = fields.words("Suites", SuiteName.init)
        architectures = fields.words("Architectures", Architecture.init)
        description = fields.value("Description", \.oneLine) ?? ""
        takesBinaries = fields.truth("Binaries") ?? true
        buildsByItself = fields.truth("Autobuild") ?? false
        guard let reference, let suites else { return nil }
        (self.reference, self.suites) = (reference, suites)
    }

    func findings(_ check: ActionCheck) async throws -> [Finding] {
        guard let rule = check.rules.external else { return [ActionCheck.noExternalArchives] }
        return try await ownerFindings(check) + check.catalog.obstacles(to: check.person, rule, now: check.now)
            + check.nameFindings(reference, field: "Archive")
            + check.suiteFindings(suites, architectures, of: reference, field: "Archive")
    }

    /// Its signing key takes about as long to make as fifty rows to write.
    func changes(_ catalog: Catalog?) -> Int { 50 }

    /// A dry run needs some key, and leaves none behind.
    func effect(_ scene: ActionScene) async throws -> CommandEffect {
        guard let rule = scene.rules.external else { throw Conflict(ActionCheck.noExternalArchives.sentence) }
        let key = scene.isDryRun ? scene.key : try await scene.makeKey(reference)
        var new = NewArchive(
            reference, kind: .external, description: description, signingKey: key,
            suites: suites.map { (name: $0, architectures: architectures) })
        (new.takesBinaries, new.buildsByItself) = (takesBinaries, buildsByItself)
        return .createExternal(new, by: scene.person, rule)
    }

    /// Nobody answers for others, and no team does.
    private func ownerFindings(_ check: ActionCheck) -> [Finding] {
        guard reference.owner != check.person.name else { return [] }
        return [
            Finding(
                .noRight, "An external archive is of one person, who signs for it.", field: "Archive",
                got: "\(reference)",
                remedy: "Use ~\(check.person.name); others may be let upload to it with set-uploaders.")
        ]
    }
}
