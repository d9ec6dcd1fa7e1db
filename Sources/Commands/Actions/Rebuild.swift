internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// `rebuild`: packages of sources that do not change, built once more.
struct Rebuild: CommandAction {
    static let form = ActionForm(
        name: "rebuild",
        purpose: """
            Builds packages once more from sources that do not change, for example because a library that they use has changed its \
            name. As the archive says (`Rebuilds`), it makes one of two. `binary`: a new build for each suite and architecture, whose \
            packages have the version `VERSION+b1`, `+b2` and so on, and the reason in their changelog; when they are built they \
            supersede the former. What a source makes for all machines (`all`) stays as it is: that needs a new version. `source`: a new \
            source for each suite, of the version `VERSION+build1`, `+build2` and so on, with one more entry in its changelog, by the \
            person, with the reason; it is published when it is made, and everything of it is built. `+buildN` sorts behind \
            `VERSION` and all of its `+bN`, and before the next version or revision, an NMU and a stable update (`1.0-1.1`, \
            `1.0-1+deb12u1`). It sorts behind `1.0-1ubuntu1`, too: what a distribution makes of the same revision is no newer, and \
            `On-Newer` does nothing about it. Numbers go up from the oldest release to the newest, where the distribution's suites \
            are ordered. A mail says when it is there, or why it cannot be.
            """,
        who: "Whoever may upload the sources to the archive's suites, and admins.",
        fields: [
            .required("In", ActionForm.anyReference, "The archive."),
            .required("Sources", "source names; or *", "`*` is all that has packages, or all there are."),
            .optional("Suites", "suites: \(SuiteKind.rule)", "Only in these; without it in all."),
            .optional(
                "Architectures", "names as dpkg uses them",
                "Only for these; without it for all. Not where the archive makes sources."),
            .required(
                "Reason", "one line", "For the packages' changelog; at most \(PackageRebuild.reasonLimit) characters."),
        ],
        example: "In: ~alice/debian/tools\nSources: hello bye\nReason: rebuild against libgreet2",
        read: { Rebuild(&$0) })

    private let archive: ArchiveReference
    /// `nil`: all.
    private let sources: [PackageName]?
    private let suites: [SuiteName]?
    private let architectures: [Architecture]?
    private let reason: String

    private init?(_ fields: inout FieldCheck) {
        let archive = fields.value("In") { ArchiveReference($0) }
        let isAll = fields.isWord("*", "Sources")
        let sources = isAll ? [] : fields.words("Sources") { PackageName($0) }
        suites = fields.words("Suites", SuiteName.init)
        architectures = fields.words("Architectures") { Architecture($0).flatMap { $0.isAll ? nil : $0 } }
        let reason = fields.value("Reason") { text in
            text.oneLine.flatMap { $0.count <= PackageRebuild.reasonLimit ? $0 : nil }
        }
        guard let archive, let sources, let reason else { return nil }
        (self.archive, self.sources, self.reason) = (archive, isAll ? nil : sources, reason)
    }

    func accessFindings(_ check: ActionCheck) async throws -> [Finding] {
        try await check.catalog.accessFindings(order(by: check.person, check.key))
    }

    func findings(_ check: ActionCheck) async throws -> [Finding] {
        try await check.catalog.preview(order(by: check.person, check.key))
    }

    /// Builds, where it makes those: one for each architecture.
    func changes(_ catalog: Catalog?) async throws -> Int {
        let there = try await catalog?.rebuildCount(in: archive, sources, suites, architectures)
        return max(there ?? 0, (sources?.count ?? 1) * max(1, suites?.count ?? 1))
    }

    func effect(_ scene: ActionScene) async throws -> CommandEffect {
        var order = order(by: scene.person, scene.key)
        order.command = scene.signature
        return .rebuild(order)
    }

    private func order(by person: Person, _ key: Fingerprint) -> PackageRebuild {
        PackageRebuild(
            in: archive, sources, suites: suites, architectures: architectures, reason: reason, by: person, key)
    }
}
