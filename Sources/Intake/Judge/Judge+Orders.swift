internal import ArchiveModel
internal import Catalog

extension Judge {
    /// The verdict on an upload that somebody who may gave up or refused while it waited. Its files stay for a while like
    /// those of any rejected one.
    func ended(_ received: ReceivedText) async throws -> Examined? {
        guard let ending = received.orders.ending, let record = try await catalog.upload(received.identity) else {
            return nil
        }
        var verdict = Verdict(.rejected, findings: [Finding(ending, of: record)])
        (verdict.archive, verdict.suite) = (record.verdict.archive, record.verdict.suite)
        (verdict.package, verdict.version) = (record.verdict.package, record.verdict.version)
        var examined = Examined(verdict, signer: try await catalog.signer(ofUpload: record.id))
        examined.files = record.report.files.map {
            UploadReport.File(
                name: $0.name, size: $0.size, isReused: $0.isReused, state: $0.isReused ? .here : .rejected)
        }
        examined.changes = record.report.changes
        return examined
    }
}

extension Finding {
    fileprivate init(_ ending: UploadOrders.Ending, of record: UploadRecord) {
        let who = ending.person.map { "~\($0)" } ?? "The admin"
        let file = record.report.changesName
        if let reason = ending.reason {
            self.init(
                .notAdmitted, "\(who) does not take it: \(reason)".printable, file: file,
                remedy: "Mend what is said, and upload it again; the version may stay as it is.")
        } else {
            self.init(.cancelled, "\(who) cancelled it.", file: file)
        }
    }
}
