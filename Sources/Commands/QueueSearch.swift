internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// Finds what the older commands mean: uploads of the signer's own that wait. Others' are out of their reach, an admin's
/// too, as such a text names no service.
struct QueueSearch {
    let person: Person
    /// Theirs that wait.
    let held: [UploadRecord]

    func find(_ command: QueueCommand) -> Result<UploadCommand, ActionForm.Refused> {
        let found = held.filter { Self.isMeant($0, by: command) }.map(\.id)
        guard !found.isEmpty else {
            let finding = Finding(
                .noUpload, "No upload of \(person.name)'s that waits is meant by \"\(command)\".".printable,
                field: "Commands", remedy: "The page of an upload says whether it waits.")
            return .failure(ActionForm.Refused(findings: [finding]))
        }
        return .success(UploadCommand(act: Self.act(command), uploads: found))
    }

    /// An upload of which a file is removed can never be taken: it is given up.
    private static func act(_ command: QueueCommand) -> UploadCommand.Act {
        switch command {
        case .remove, .cancel: .cancel
        case .reschedule(_, let days): .reschedule(days: days)
        }
    }

    private static func isMeant(_ upload: UploadRecord, by command: QueueCommand) -> Bool {
        switch command {
        case .cancel(let changes), .reschedule(let changes, _):
            upload.report.changesName == changes.description
        case .remove(let patterns, let everywhere):
            patterns.contains { isMeant(upload, by: $0, everywhere: everywhere) }
        }
    }

    /// Without `DELAYED/N-day/` only what is not delayed is meant, unless all places are searched.
    private static func isMeant(_ upload: UploadRecord, by pattern: QueueFilePattern, everywhere: Bool) -> Bool {
        guard everywhere || pattern.delayInDays == delay(of: upload) else { return false }
        let files = [upload.report.changesName] + upload.report.files.map(\.name)
        return files.contains { FileName($0).map { pattern.matches($0) } ?? false }
    }

    /// As its path has it: `~alice/debian/tools/DELAYED/3-day/x.changes`.
    private static func delay(of upload: UploadRecord) -> Int? {
        let parts = upload.identity.path.split(separator: "/")
        guard let place = parts.firstIndex(of: "DELAYED"), parts.indices.contains(place + 1) else { return nil }
        return QueueCommand.days(parts[place + 1])
    }
}
