internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// `import-packages`: sources of the base, or of another archive, into a PPA.
struct ImportPackages: CommandAction {
    static let form = ActionForm(
        name: "import-packages",
        purpose: """
            Brings sources of the base into a PPA as they are, or of another archive, and the packages built from them. What an \
            archive here has is copied at once, all or nothing, as by `copy-packages`. What only the base's mirror has is fetched by the \
            service, verified by the base's signed indices, and published one by one; a mail says when all are there, or why one \
            is not. What an upload of the same would be refused for is refused here, too; but what is new in an archive with NEW \
            is taken, as it was looked at in the base. What was deleted comes back only with the bytes that it had.
            """,
        who: "Whoever may upload to the PPA.",
        fields: [
            .required("Ppa", ActionForm.reference, "The archive that they come to."),
            .required("Packages", packages, packagesMeaning),
            .optional(
                "From", ActionForm.anyReference,
                "Another archive of this service. Without it the base: the distribution's primary archive here, else the mirror of the suite's base."
            ),
            .optional("Suites", "suites: \(SuiteKind.rule)", "Of the PPA; without it all of them."),
            .optional(
                "Binaries", "yes or no",
                "`no`: they are built anew, as for another suite than they come from. Without it `yes`."),
            .optional("Reason", "why", "For those who read the text later."),
        ],
        example: """
            Ppa: ~alice/debian/tools
            Packages: hello (= 2.10-3) [amd64 arm64] from trixie, bye
            Suites: bookworm
            """,
        read: { ImportPackages(&$0) })

    static let packages =
        "source names, each with or without \"(= version)\", \"[architectures]\" and \"from suite\", between commas"
    static let packagesMeaning =
        "Without a version the highest there is; without architectures those of the suite; without `from` the suite of the same name. At most \(PackageImport.waitingLimit)."

    private let archive: ArchiveReference
    private let from: ArchiveReference?
    private let suites: [SuiteName]?
    private let packages: [PackageImport.Package]
    private let withBinaries: Bool

    private init?(_ fields: inout FieldCheck) {
        let archive = fields.value("Ppa", ArchiveReference.init(owned:))
        let packages = fields.value("Packages", PackageImport.Package.list)
        from = fields.value("From") { ArchiveReference($0) }
        suites = fields.words("Suites", SuiteName.init)
        withBinaries = fields.truth("Binaries") ?? true
        _ = fields.text("Reason")
        guard let archive, let packages else { return nil }
        (self.archive, self.packages) = (archive, packages)
    }

    func accessFindings(_ check: ActionCheck) async throws -> [Finding] {
        let target = try await check.archive(archive)
        guard let target, target.presence == .shown else { return [ActionCheck.noArchive(archive, field: "Ppa")] }
        var findings = (suites ?? []).filter { target.suite($0) == nil }.map {
            ActionCheck.noSuite($0, in: "\(archive)", has: target.suites.map(\.name))
        }
        if let from { findings += try await originFindings(from, target, check) }
        guard findings.isEmpty else { return findings }
        return try await check.catalog.uploadBar(
            check.person, check.key, to: target, suites ?? target.suites.map(\.name), packages.map(\.name))
    }

    func findings(_ check: ActionCheck) async throws -> [Finding] {
        try await check.catalog.preview(wanted(by: check.person, check.key, check.rules.quotas))
    }

    private func originFindings(
        _ from: ArchiveReference, _ target: Archive, _ check: ActionCheck
    ) async throws -> [Finding] {
        guard let origin = try await check.archive(from), origin.presence == .shown else {
            return [ActionCheck.noArchive(from, field: "From")]
        }
        let named = Set(packages.flatMap { $0.suite.map { [$0] } ?? (suites ?? target.suites.map(\.name)) })
        return named.filter { origin.suite($0) == nil }.sorted().map {
            ActionCheck.noSuite($0, in: "\(from)", has: origin.suites.map(\.name), field: "Packages")
        }
    }

    func changes(_ catalog: Catalog?) async throws -> Int {
        let known = try await catalog?.archive(archive)?.suites.map(\.name) ?? []
        return try await packages.changes(
            in: suites ?? known, from: from ?? .primary(archive.distribution), catalog, withBinaries)
    }

    func effect(_ scene: ActionScene) async throws -> CommandEffect {
        .importPackages(wanted(by: scene.person, scene.key, scene.rules.quotas))
    }

    private func wanted(by person: Person, _ key: Fingerprint, _ quotas: QuotaRule) -> PackageImport {
        PackageImport(
            to: archive, suites: suites, from: from, packages: packages, withBinaries: withBinaries, by: person, key,
            quotas: quotas)
    }
}

extension [PackageImport.Package] {
    /// What comes of them in these suites: of an archive here with the packages that come along, of a mirror one source each.
    func changes(
        in suites: [SuiteName], from archive: ArchiveReference, _ catalog: Catalog?, _ withBinaries: Bool
    ) async throws -> Int {
        let named = map {
            NamedExtent.Package($0.name, $0.version, in: $0.suite, times: $0.suite == nil ? 1 : suites.count)
        }
        let extent = NamedExtent(in: archive, suites, named, withBinaries: withBinaries)
        return Swift.max(try await catalog?.count(of: extent) ?? 0, count * Swift.max(1, suites.count))
    }
}

extension PackageImport.Package {
    /// `hello (= 2.10-3) [amd64 arm64] from trixie, bye`: what stands before `from` has the form of relations (Policy 7.1).
    static func list(_ text: String) -> [PackageImport.Package]? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count <= PackageImport.waitingLimit else { return nil }
        let packages = parts.compactMap { Self(String($0)) }
        // Each once for a suite: two versions of one would not both stay.
        let places = Set(packages.map { "\($0.name) \($0.suite?.text ?? "")" })
        return packages.count == parts.count && places.count == packages.count ? packages : nil
    }

    private init?(_ text: String) {
        var words = text.split(whereSeparator: \.isWhitespace)
        var suite: SuiteName?
        if words.count > 2, words[words.count - 2] == "from" {
            guard let name = SuiteName(String(words[words.count - 1])) else { return nil }
            suite = name
            words.removeLast(2)
        }
        let rest = words.joined(separator: " ")
        guard let relations = try? Relations(parsing: rest), relations.groups.count == 1,
            let relation = relations.groups.first?.first, relations.groups[0].count == 1,
            relation.bound.map({ $0.comparison == .equal }) ?? true, relation.qualifier == nil,
            relation.profiles.isEmpty
        else { return nil }
        let architectures = relation.architectures.compactMap { term in
            term.isNegated ? nil : Architecture(term.wildcard.description)
        }
        guard architectures.count == relation.architectures.count else { return nil }
        self.init(
            name: relation.name, version: relation.bound?.version,
            architectures: architectures.isEmpty ? nil : Set(architectures), suite: suite)
    }
}
