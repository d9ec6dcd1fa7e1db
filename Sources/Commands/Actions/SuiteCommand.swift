internal import ArchiveModel
internal import Catalog

/// `open-suite`, `freeze-suite` and `close-suite`: which uploads suites of an archive take.
struct SuiteCommand: CommandAction {
    private static let states: [String: SuiteState] = [
        "open-suite": .open, "freeze-suite": .frozen, "close-suite": .closed,
    ]

    static let forms = [
        form("open-suite", "Suites take uploads again. What an admin froze or closed, admins open."),
        form(
            "freeze-suite",
            "What comes for these suites waits, one by one, for the archive's owner; where an admin has frozen them, for an admin."
        ),
        form("close-suite", "The suites take nothing any more; what is published stays."),
    ]

    private static func form(_ name: String, _ purpose: String) -> ActionForm {
        ActionForm(
            name: name, purpose: purpose, who: "The archive's owner; of a primary archive, admins.",
            fields: [
                .required("In", ActionForm.anyReference, "The archive."),
                .required("Suites", "suites: \(SuiteKind.rule)", "Of that archive."),
                .optional("Reason", "why", "For those who read the log."),
            ],
            example: "In: debian\nSuites: bookworm",
            read: { SuiteCommand(&$0) })
    }

    private let archive: ArchiveReference
    private let suites: [SuiteName]
    private let state: SuiteState

    private init?(_ fields: inout FieldCheck) {
        let archive = fields.value("In") { ArchiveReference($0) }
        let suites = fields.words("Suites", SuiteName.init)
        _ = fields.text("Reason")
        guard let archive, let suites, let state = Self.states[fields.action] else { return nil }
        (self.archive, self.suites, self.state) = (archive, suites, state)
    }

    func findings(_ check: ActionCheck) async throws -> [Finding] {
        guard let known = try await check.archive(archive) else {
            return [ActionCheck.noArchive(archive, field: "In")]
        }
        return try await check.rulerFindings(archive, field: "In")
            + suites.flatMap { name -> [Finding] in
                guard let suite = known.suite(name) else {
                    return [ActionCheck.noSuite(name, in: "\(archive)", has: known.suites.map(\.name))]
                }
                return check.person.isAdmin || !suite.onlyAdminsOpen ? [] : [onlyAdmins(suite)]
            }
    }

    private func onlyAdmins(_ suite: ArchiveSuite) -> Finding {
        Finding(
            .noRight, "An admin has said that \(suite.name) of \(archive) is \(suite.state.rawValue).", field: "Suites",
            got: suite.name.text, remedy: "Ask an admin.")
    }

    func changes(_ catalog: Catalog?) -> Int { suites.count }

    func effect(_ scene: ActionScene) async throws -> CommandEffect {
        .setState(state, of: suites, in: archive, by: scene.person).by(scene.person, as: .ruler(of: archive))
    }
}
