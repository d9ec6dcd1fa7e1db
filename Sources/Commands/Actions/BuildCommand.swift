internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// `retry-build` and `cancel-build`: about one build of an archive.
struct BuildCommand: CommandAction {
    private enum Act: String {
        case retry = "retry-build"
        case cancel = "cancel-build"
    }

    static let forms = [
        form(.retry, "Wants a build again that failed or was cancelled, as long as its source is published."),
        form(.cancel, "Ends a build that waits or is under way; nothing it has made is taken."),
    ]

    private static func form(_ act: Act, _ purpose: String) -> ActionForm {
        ActionForm(
            name: act.rawValue, purpose: purpose,
            who: "Whoever may upload the source to the archive's suite, and admins.",
            fields: [
                .required("Build", "the number of a build", "It is in the mail, and at the end of its page's address."),
                .optional("Reason", "one line", "Stands beside a build that was cancelled."),
            ],
            example: "Build: 17",
            read: { BuildCommand(&$0) })
    }

    private let act: Act
    private let build: Int64
    private let reason: String

    private init?(_ fields: inout FieldCheck) {
        let build = fields.value("Build", ActionForm.number)
        reason = fields.value("Reason", \.oneLine) ?? ""
        guard let build, let act = Act(rawValue: fields.action) else { return nil }
        (self.act, self.build) = (act, build)
    }

    func findings(_ check: ActionCheck) async throws -> [Finding] {
        guard let record = try await check.catalog.build(build),
            let archive = try await check.catalog.archive(record.archive)
        else {
            return [Finding(.noBuild, "There is no build \(build).", field: "Build", got: "\(build)")]
        }
        guard try await mayAct(check, on: record, in: archive) else {
            return [
                Finding(
                    .noRight, "\(check.person.name) may not do this with build \(build) of \(archive.reference).",
                    field: "Build", got: "\(build)",
                    remedy: "Whoever may upload \(record.package) there may, and an admin.")
            ]
        }
        let states: Set<BuildState> =
            act == .retry ? [.failed, .cancelled, .uploading] : [.wanted, .building, .uploading]
        guard !states.contains(record.state) else { return [] }
        return [
            Finding(
                .noBuild, "Build \(build) is \(record.state.rawValue).", field: "Build",
                expected: states.map(\.rawValue).sorted().joined(separator: ", "), got: record.state.rawValue)
        ]
    }

    func effect(_ scene: ActionScene) async throws -> CommandEffect {
        switch act {
        case .retry: .retryBuild(build)
        case .cancel:
            .cancelBuild(build, cause: "Cancelled by \(scene.person.name)\(reason.isEmpty ? "." : ": \(reason)")")
        }
    }

    private func mayAct(_ check: ActionCheck, on build: BuildRecord, in archive: Archive) async throws -> Bool {
        if check.person.isAdmin { return true }
        switch try await check.catalog.uploadRights(of: check.person, key: check.key, to: archive) {
        case .all: return true
        case .given(let rights):
            return rights.contains { $0.covers(source: build.package, suite: build.suite, architecture: .source) }
        }
    }
}
