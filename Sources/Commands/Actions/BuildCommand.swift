internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// `retry-build`, `cancel-build` and `rescore-build`: about one build of an archive.
struct BuildCommand: CommandAction {
    private enum Act: String {
        case retry = "retry-build"
        case cancel = "cancel-build"
        case rescore = "rescore-build"

        /// Of the builds that it can be done with.
        var states: Set<BuildState> {
            switch self {
            case .retry: [.failed, .cancelled, .uploading]
            case .cancel: [.wanted, .building, .uploading]
            case .rescore: [.wanted]
            }
        }
    }

    static let forms = [
        form(.retry, "Wants a build again that failed or was cancelled, as long as its source is published."),
        form(.cancel, "Ends a build that waits or is under way; nothing it has made is taken."),
        form(
            .rescore,
            "Has a build come before, or after, the others that wait: those of a higher score are begun first.",
            who: "Admins.", [.required("Score", "-10000 to 10000", "0 is every build's own.")], "\nScore: 100"),
    ]

    private static func form(
        _ act: Act, _ purpose: String,
        who: String = "Whoever may upload the source to the archive's suite, and admins.",
        _ more: [ActionForm.Field] = [], _ example: String = ""
    ) -> ActionForm {
        ActionForm(
            name: act.rawValue, purpose: purpose,
            who: who,
            fields: [
                .required("Build", "the number of a build", "It is in the mail, and at the end of its page's address.")
            ] + more + [
                .optional("Reason", "one line", "Stands beside a build that was cancelled.")
            ],
            example: "Build: 17\(example)",
            read: { BuildCommand(&$0) })
    }

    private let act: Act
    private let build: Int64
    private let reason: String
    private let score: Int64

    private init?(_ fields: inout FieldCheck) {
        let build = fields.value("Build", ActionForm.number)
        reason = fields.value("Reason", \.oneLine) ?? ""
        let score = fields.action == Act.rescore.rawValue ? fields.value("Score", Self.score) : 0
        guard let build, let score, let act = Act(rawValue: fields.action) else { return nil }
        (self.act, self.build, self.score) = (act, build, score)
    }

    private static func score(_ text: String) -> Int64? {
        Int64(text).flatMap { (-10_000...10_000).contains($0) ? $0 : nil }
    }

    func findings(_ check: ActionCheck) async throws -> [Finding] {
        guard let record = try await check.catalog.build(build), try await check.archive(record.archive) != nil else {
            return [Finding(.noBuild, "There is no build \(build).", field: "Build", got: "\(build)")]
        }
        let barred = try await check.barFindings(record.archive, field: "Build", got: "\(build)")
        guard barred.isEmpty else { return barred }
        guard try await check.catalog.has(check.person, standing(check.key)) else {
            return [
                Finding(
                    .noRight, "\(check.person.name) may not do this with build \(build) of \(record.archive).",
                    field: "Build", got: "\(build)",
                    remedy: act == .rescore
                        ? "Ask an admin." : "Whoever may upload \(record.package) there may, and an admin.")
            ]
        }
        let states = act.states
        guard !states.contains(record.state) else { return [] }
        return [
            Finding(
                .noBuild, "Build \(build) is \(record.state.rawValue).", field: "Build",
                expected: states.map(\.rawValue).sorted().joined(separator: ", "), got: record.state.rawValue)
        ]
    }

    func changes(_ catalog: Catalog?) -> Int { 1 }

    func effect(_ scene: ActionScene) async throws -> CommandEffect {
        let effect: CommandEffect =
            switch act {
            case .retry: .retryBuild(build)
            case .rescore: .rescoreBuild(build, score: score)
            case .cancel:
                .cancelBuild(build, cause: "Cancelled by \(scene.person.name)\(reason.isEmpty ? "." : ": \(reason)")")
            }
        return effect.by(scene.person, as: standing(scene.key))
    }

    private func standing(_ key: Fingerprint) -> Standing {
        act == .rescore ? .admin : .uploader(ofBuild: build, key: key)
    }
}
