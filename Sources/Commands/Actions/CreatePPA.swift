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
                "Architectures", "names as dpkg uses them",
                "Which of the suites' architectures are built; without it all of them."),
            .optional("Description", "one line", "For whoever finds it."),
        ],
        example: """
            Ppa: ~alice/debian/tools
            Suites: bookworm
            Architectures: amd64
            Description: Tools that Alice needs today
            """,
        read: { CreatePPA(&$0) })

    let reference: ArchiveReference
    let suites: [SuiteName]
    /// `nil`: those of each suite.
    let architectures: [Architecture]?
    let description: String

    private init?(_ fields: inout FieldCheck) {
        let reference = fields.value("Ppa", ArchiveReference.init(owned:))
        let suites = fields.words("Suites", SuiteName.init)
        architectures = fields.words("Architectures", Architecture.init)
        description = fields.value("Description", \.oneLine) ?? ""
        guard let reference, let suites else { return nil }
        (self.reference, self.suites) = (reference, suites)
    }

    func findings(_ check: ActionCheck) async throws -> [Finding] {
        try await check.ownerFindings(reference) + nameFindings(check) + suiteFindings(check)
    }

    /// A dry run needs some key, and leaves none behind.
    func effect(_ scene: ActionScene) async throws -> CommandEffect {
        let key = scene.isDryRun ? scene.key : try await scene.makeKey(reference)
        return .createArchive(
            NewArchive(
                reference, kind: .ppa, description: description, signingKey: key,
                suites: suites.map { (name: $0, architectures: architectures) }))
    }

    /// A PPA may not be named like a suite or a distribution, so that upload paths stay unambiguous.
    private func nameFindings(_ check: ActionCheck) async throws -> [Finding] {
        guard case .owned(_, _, let name) = reference else { return [] }
        if try await check.catalog.archive(reference) != nil {
            return [Finding(.archiveExists, "There is an archive \(reference) already.", field: "Ppa")]
        }
        guard try await check.catalog.vocabulary(standard: nil).isAmbiguous(name) else { return [] }
        return [
            Finding(
                .nameTaken, "A PPA may not be named like a suite or a distribution.", field: "Ppa", got: name.text,
                remedy: "Choose another name, such as ppa-\(name).")
        ]
    }

    private func suiteFindings(_ check: ActionCheck) async throws -> [Finding] {
        let known = try await check.catalog.suites().filter { $0.distribution == reference.distribution }
        guard !known.isEmpty else {
            return [
                Finding(
                    .noDistribution, "There is no distribution \(reference.distribution) here.", field: "Ppa",
                    got: "\(reference)")
            ]
        }
        return suites.flatMap { name -> [Finding] in
            guard let suite = known.first(where: { $0.name == name }) else {
                return [ActionCheck.noSuite(name, in: "\(reference.distribution)", has: known.map(\.name))]
            }
            return (architectures ?? []).filter { !suite.architectures.contains($0) }.map { architecture in
                Finding(
                    .noArchitecture, "\(name) has no architecture \(architecture).", field: "Architectures",
                    expected: suite.architectures.map(\.description).joined(separator: " "), got: "\(architecture)")
            }
        }
    }
}
