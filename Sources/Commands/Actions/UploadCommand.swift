internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// `cancel`, `reschedule`, `accept` and `reject`: about uploads that wait.
struct UploadCommand: CommandAction {
    enum Act: Sendable {
        case cancel
        /// In so many days from now.
        case reschedule(days: Int)
        /// Its source is in the archive as the override says.
        case accept(PackageOverride)
        case reject(reason: String)
    }

    static let forms = [
        form(
            "cancel", "Gives an upload up that waits (`cancelled`). Its version may be used again.",
            "Who signed it, and admins."),
        form(
            "reschedule", "An upload that waits, waits so many days from now; with `0-day` its waiting ends.",
            "Who signed it, and admins.", [.required("Delay", "0-day to 15-day", "How long from now.")]),
        form(
            "accept",
            """
            Lets an upload out of NEW; it is taken if nothing stands against it by then. What is said about its source \
            holds from then on, whatever its uploads say.
            """,
            "Admins, and who may act for the archive's owner; in a suite that an admin froze, admins alone.",
            [
                .optional("Component", "one of the archive's", "Where its source and its packages are published."),
                .optional("Section", "one of Policy 2.4", "Of the source."),
                .optional("Priority", "one of Policy 2.5", "Of the source."),
            ]),
        form(
            "reject", "Refuses an upload that waits (`not-admitted`).",
            "Admins, and who may act for the archive's owner.", reasonIsRequired: true),
    ]

    private static func form(
        _ name: String, _ purpose: String, _ who: String, _ more: [ActionForm.Field] = [],
        reasonIsRequired: Bool = false
    ) -> ActionForm {
        let reason = ActionForm.Field(
            name: "Reason", shape: "why",
            meaning: reasonIsRequired ? "For its signer." : "For those who read the text later.",
            isRequired: reasonIsRequired)
        let delay = name == "reschedule" ? "\nDelay: 3-day" : ""
        return ActionForm(
            name: name, purpose: purpose, who: who,
            fields: [
                .required(
                    "Upload", "the number of an upload", "It is in the mail, and at the end of its page's address.")
            ]
                + more + [reason],
            example: "Upload: 17\(delay)\(reasonIsRequired ? "\nReason: a second copy of zlib" : "")",
            read: { UploadCommand(&$0) })
    }

    let act: Act
    /// Numbers of uploads, at least one.
    let uploads: [Int64]

    private init?(_ fields: inout FieldCheck) {
        let upload = fields.value("Upload", ActionForm.number)
        let days = fields.action == "reschedule" ? fields.value("Delay") { QueueCommand.days($0[...]) } : 0
        let reason = fields.text("Reason") ?? ""
        let override = Self.override(&fields)
        guard let upload, let days else { return nil }
        self.init(act: Self.act(fields.action, days: days, reason: reason, override), uploads: [upload])
    }

    init(act: Act, uploads: [Int64]) {
        (self.act, self.uploads) = (act, uploads)
    }

    func changes(_ catalog: Catalog?) -> Int { uploads.count }

    func effect(_ scene: ActionScene) async throws -> CommandEffect {
        let act = act(now: scene.now)
        return uploads.reduce(.order(act, uploads: uploads, by: scene.person)) { effect, upload in
            effect.by(scene.person, as: .decider(of: upload, act))
        }
    }

    private func act(now: Int64) -> UploadAct {
        switch act {
        case .cancel: .cancel
        case .reschedule(let days): .reschedule(due: now + Int64(days) * 86_400)
        case .accept(let override): .admit(override)
        case .reject(let reason): .refuse(reason: reason)
        }
    }

    private static func act(_ action: String, days: Int, reason: String, _ override: PackageOverride) -> Act {
        switch action {
        case "cancel": .cancel
        case "reschedule": .reschedule(days: days)
        case "accept": .accept(override)
        default: .reject(reason: reason)
        }
    }
}

extension UploadCommand {
    func findings(_ check: ActionCheck) async throws -> [Finding] {
        var findings: [Finding] = []
        for upload in uploads { findings += try await self.findings(upload, check) }
        return findings
    }

    /// Who signed an upload may give it up or put it off; what an archive takes is its owner's to say.
    private func findings(_ upload: Int64, _ check: ActionCheck) async throws -> [Finding] {
        guard let record = try await check.catalog.upload(upload) else {
            return [Self.noUpload("There is no upload \(upload).", upload)]
        }
        guard try await check.catalog.has(check.person, .decider(of: upload, act(now: 0))) else {
            return [Self.noRight(check.person, upload)]
        }
        guard record.verdict.outcome == .held else {
            return [Self.noUpload("Upload \(upload) does not wait: it is \(record.verdict.outcome.rawValue).", upload)]
        }
        return try await componentFindings(record, check)
    }

    private static func noRight(_ person: Person, _ upload: Int64) -> Finding {
        Finding(
            .noRight, "\(person.name) may not do this with upload \(upload).", field: "Upload", got: "\(upload)",
            remedy:
                "Whoever signed it may cancel and reschedule it, its archive's owner accept and reject it, an admin all."
        )
    }

    private static func noUpload(_ sentence: String, _ upload: Int64) -> Finding {
        Finding(.noUpload, sentence, field: "Upload", got: "\(upload)")
    }
}
