internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// `cancel`, `reschedule`, `accept` and `reject`: about uploads that wait.
struct UploadCommand: Sendable {
    enum Act: Sendable {
        case cancel
        /// In so many days from now.
        case reschedule(days: Int)
        case accept
        case reject(reason: String)
    }

    static let names = ["cancel", "reschedule", "accept", "reject"]

    let act: Act
    /// Numbers of uploads, at least one.
    let uploads: [Int64]

    static func parse(_ paragraph: ControlParagraph, action: String) -> Result<UploadCommand, CommandAction.Refused> {
        var fields = FieldCheck(
            paragraph, known: ["Action", "Upload", "Delay", "Reason"].filter { isKnown($0, action) })
        let upload = fields.required("Upload", "the number of an upload", Self.number)
        let days =
            action == "reschedule" ? fields.required("Delay", "0-day to 15-day") { QueueCommand.days($0[...]) } : 0
        let reason =
            action == "reject"
            ? fields.required("Reason", "why, for its signer") { $0 } : fields.optional("Reason", "why") { $0 } ?? ""
        guard fields.findings.isEmpty, let upload, let days, let reason else {
            return .failure(CommandAction.Refused(findings: fields.findings))
        }
        return .success(UploadCommand(act: act(action, days: days, reason: reason), uploads: [upload]))
    }

    func act(now: Int64) -> UploadAct {
        switch act {
        case .cancel: .cancel
        case .reschedule(let days): .reschedule(due: now + Int64(days) * 86_400)
        case .accept: .admit
        case .reject(let reason): .refuse(reason: reason)
        }
    }

    private static func act(_ action: String, days: Int, reason: String) -> Act {
        switch action {
        case "cancel": .cancel
        case "reschedule": .reschedule(days: days)
        case "accept": .accept
        default: .reject(reason: reason)
        }
    }

    private static func isKnown(_ field: String, _ action: String) -> Bool {
        field != "Delay" || action == "reschedule"
    }

    private static func number(_ text: String) -> Int64? {
        guard let number = Int64(text), number > 0, text.first != "+" else { return nil }
        return number
    }
}

extension ActionCheck {
    func findings(_ command: UploadCommand) async throws -> [Finding] {
        var findings: [Finding] = []
        for upload in command.uploads { findings += try await self.findings(command.act, upload) }
        return findings
    }

    /// Who signed an upload may give it up or put it off; what comes of NEW is an admin's to say.
    private func findings(_ act: UploadCommand.Act, _ upload: Int64) async throws -> [Finding] {
        guard let record = try await catalog.upload(upload) else {
            return [Self.noUpload("There is no upload \(upload).", upload)]
        }
        guard try await mayDecide(act, on: record) else { return [noRight(upload)] }
        guard record.verdict.outcome == .held else {
            return [Self.noUpload("Upload \(upload) does not wait: it is \(record.verdict.outcome.rawValue).", upload)]
        }
        return []
    }

    private func mayDecide(_ act: UploadCommand.Act, on record: UploadRecord) async throws -> Bool {
        if person.isAdmin { return true }
        switch act {
        case .cancel, .reschedule: return try await catalog.signer(ofUpload: record.id)?.id == person.id
        case .accept, .reject: return false
        }
    }

    private func noRight(_ upload: Int64) -> Finding {
        Finding(
            .noRight, "\(person.name) may not do this with upload \(upload).", field: "Upload", got: "\(upload)",
            remedy: "Whoever signed it may cancel and reschedule it; an admin may do all.")
    }

    private static func noUpload(_ sentence: String, _ upload: Int64) -> Finding {
        Finding(.noUpload, sentence, field: "Upload", got: "\(upload)")
    }
}
