internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// `grant` and `revoke`: who else may upload what to an archive.
struct RightCommand: CommandAction {
    private enum Act: String { case grant, revoke }

    static let forms = [
        form(
            .grant, "Lets a person or a team upload to an archive: all, or only some sources, to some suites.",
            reason: "Who reads the log wants to know."),
        form(
            .revoke,
            """
            Takes rights back: those that say just this. Without `Sources` and `Suites` all that the person or team was given \
            in the archive. What they have uploaded stays.
            """, reason: "Who reads the log wants to know."),
    ]

    private static func form(_ act: Act, _ purpose: String, reason: String) -> ActionForm {
        ActionForm(
            name: act.rawValue, purpose: purpose,
            who: "The archive's owner; of a primary archive, admins.",
            fields: [
                .required("In", ActionForm.anyReference, "The archive."),
                .required("To", "a person or a team", "By the name that their archives have, without `~`."),
                .optional("Sources", "source names", "Without it any."),
                .optional("Suites", "suites: \(SuiteKind.rule)", "Without it any."),
            ] + (act == .grant ? [until] : []) + [.required("Reason", "why", reason)],
            example:
                "In: ~alice/debian/tools\nTo: bob\nSources: hello\nReason: \(act == .grant ? "maintains it with me" : "has moved on")",
            read: { RightCommand(&$0) })
    }

    private static let until = ActionForm.Field.optional(
        "Until", "a day: 2027-01-31",
        "The last on which it holds, in UTC; holder and giver are reminded 180, 90 and 30 days before. Without it until it is revoked."
    )

    private let act: Act
    private let archive: ArchiveReference
    private let owner: OwnerName
    private let sources: [PackageName]?
    private let suites: [SuiteName]?
    /// Unix seconds.
    private let until: Int64?

    private init?(_ fields: inout FieldCheck) {
        let archive = fields.value("In") { ArchiveReference($0) }
        let owner = fields.value("To") { OwnerName($0) }
        sources = fields.words("Sources") { PackageName($0) }
        suites = fields.words("Suites", SuiteName.init)
        until =
            fields.action == Act.grant.rawValue
            ? fields.value("Until") { UTCDate(day: $0).map { $0.secondsSince1970 + 86_400 } } : nil
        _ = fields.text("Reason")
        guard let archive, let owner, let act = Act(rawValue: fields.action) else { return nil }
        (self.act, self.archive, self.owner) = (act, archive, owner)
    }

    func findings(_ check: ActionCheck) async throws -> [Finding] {
        guard let known = try await check.archive(archive) else {
            return [ActionCheck.noArchive(archive, field: "In")]
        }
        var findings = try await check.rulerFindings(archive, field: "In")
        if let until, until <= check.now {
            findings.append(
                Finding(
                    .dayIsOver, "That day is over.", field: "Until",
                    got: UTCDate(secondsSince1970: until - 1).dayText, remedy: "Name a day that is to come."))
        }
        if try await !check.catalog.ownerExists(owner) {
            findings.append(ActionCheck.noPerson(owner, field: "To"))
        }
        return findings
            + (suites ?? []).filter { known.suite($0) == nil }.map {
                ActionCheck.noSuite($0, in: "\(archive)", has: known.suites.map(\.name))
            }
    }

    func changes(_ catalog: Catalog?) -> Int { max(1, sources?.count ?? 1) * max(1, suites?.count ?? 1) }

    func effect(_ scene: ActionScene) async throws -> CommandEffect {
        let effect: CommandEffect =
            switch act {
            case .grant: .grant(rights, to: owner, in: archive, by: scene.person)
            case .revoke: .revoke(sources == nil && suites == nil ? nil : rights, of: owner, in: archive)
            }
        return effect.by(scene.person, as: .ruler(of: archive))
    }

    /// One for each source and suite.
    private var rights: [UploadRight] {
        let sources: [PackageName?] = self.sources ?? [nil]
        let suites: [SuiteName?] = self.suites ?? [nil]
        return sources.flatMap { source in suites.map { UploadRight(source: source, suite: $0, until: until) } }
    }
}
