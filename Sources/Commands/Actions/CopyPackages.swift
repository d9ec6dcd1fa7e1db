internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// `copy-packages`: sources from one archive's suite into another's, with or without the packages built from them.
struct CopyPackages: CommandAction {
    static let form = ActionForm(
        name: "copy-packages",
        purpose: """
            Publishes sources of one archive in another, or in another suite of the same, as they are: no byte is copied or \
            changed. With `Binaries: yes` the packages built from them come along, and nothing is built but for architectures \
            that have none; without, they are built anew. All or nothing. What was removed comes back like this: name its version. \
            What an upload of the same would be refused for is refused here, too.
            """,
        who: "Whoever may upload to the archive that is copied to.",
        fields: [
            .required("From", ActionForm.anyReference, "The archive."),
            .required("From-Suite", "a suite: \(SuiteKind.rule)", "Of that archive."),
            .required("To", ActionForm.anyReference, "The archive that is copied to; it may be the same."),
            .optional("To-Suite", "a suite: \(SuiteKind.rule)", "Of that archive; by default one of the same name."),
            .required(
                "Packages", "\(ActionForm.packages); or *",
                "With a version also what is there no more; `*` is all that the suite has. A text copies no more sources and packages than `intake.commandChanges`."
            ),
            .optional("Binaries", "yes or no", "With the packages built from them; by default `no`."),
            .optional("Reason", "why", "For those who read the text later."),
        ],
        example: """
            From: debian
            From-Suite: trixie
            To: ~alice/debian/backports
            To-Suite: bookworm
            Packages: hello (= 2.10-3), bye
            """,
        read: { CopyPackages(&$0) })

    private let from: ArchiveReference
    private let fromSuite: SuiteName
    private let to: ArchiveReference
    private let toSuite: SuiteName
    /// `nil`: all.
    private let packages: [PackageRemoval.Package]?
    private let withBinaries: Bool

    private init?(_ fields: inout FieldCheck) {
        let from = fields.value("From") { ArchiveReference($0) }
        let fromSuite = fields.value("From-Suite", SuiteName.init)
        let to = fields.value("To") { ArchiveReference($0) }
        let toSuite = fields.value("To-Suite", SuiteName.init)
        let choice = fields.value("Packages", Choice.init)
        withBinaries = fields.truth("Binaries") ?? false
        _ = fields.text("Reason")
        guard let from, let fromSuite, let to, let choice else { return nil }
        (self.from, self.fromSuite, self.to, self.toSuite) = (from, fromSuite, to, toSuite ?? fromSuite)
        packages = choice.packages
    }

    private struct Choice {
        /// `nil`: all.
        let packages: [PackageRemoval.Package]?

        init?(_ text: String) {
            if text == "*" {
                packages = nil
            } else if let list = PackageRemoval.Package.list(text), Set(list.map(\.name)).count == list.count {
                packages = list
            } else {
                return nil
            }
        }
    }

    func accessFindings(_ check: ActionCheck) async throws -> [Finding] {
        let (origin, target) = (try await check.archive(from), try await check.archive(to))
        let places = place(origin, from, fromSuite, "From") + place(target, to, toSuite, "To")
        guard places.isEmpty, let target else { return places }
        return try await check.catalog.uploadBar(
            check.person, check.key, to: target, [toSuite], packages?.map(\.name) ?? [])
    }

    func findings(_ check: ActionCheck) async throws -> [Finding] {
        try await check.catalog.preview(
            copy(by: check.person, check.key, quotas: check.rules.quotas, check.rules.limits))
    }

    func changes(_ catalog: Catalog?) async throws -> Int {
        let named = packages?.map { NamedExtent.Package($0.name, $0.version) }
        let extent = NamedExtent(in: from, [fromSuite], named, withBinaries: withBinaries)
        return max(try await catalog?.count(of: extent) ?? 0, packages?.count ?? 1)
    }

    func effect(_ scene: ActionScene) async throws -> CommandEffect {
        .copy(copy(by: scene.person, scene.key, quotas: scene.rules.quotas, scene.rules.limits))
    }

    private func copy(
        by person: Person, _ key: Fingerprint, quotas: QuotaRule, _ limits: CommandLimits
    ) -> PackageCopy {
        PackageCopy(
            from: from, fromSuite, to: to, toSuite, packages: packages, withBinaries: withBinaries, by: person, key,
            quotas: quotas, limit: limits.changes)
    }

    private func place(
        _ archive: Archive?, _ reference: ArchiveReference, _ suite: SuiteName, _ field: String
    ) -> [Finding] {
        guard let archive, archive.presence == .shown else {
            return [ActionCheck.noArchive(reference, field: field)]
        }
        guard archive.suite(suite) == nil else { return [] }
        return [
            ActionCheck.noSuite(
                suite, in: "\(reference)", has: archive.suites.map(\.name), field: "\(field)-Suite")
        ]
    }
}
