internal import ArchiveModel
internal import Catalog

/// What the client reads as the answer to the STOR of its `.changes`: short lines, as terminals show them.
extension VerdictSocket.SessionAnswer {
    init(_ record: UploadRecord) {
        let verdict = record.verdict
        let head = [Self.head(verdict), verdict.page.map { "See \($0)" }].compactMap { $0 }
        let lines = head + verdict.findings.map(\.description) + verdict.waitsFor + record.report.next
        self.init(outcome: verdict.outcome, lines: lines.map(\.printable))
    }

    /// What is said when nothing could be written down.
    static let kept = Self(
        outcome: .failed, lines: ["Something of this service failed. The upload is kept and will be judged again."])

    private static func head(_ verdict: Verdict) -> String {
        let subject = [verdict.subject ?? "upload", verdict.place.map { "for \($0)" }].compactMap { $0 }
            .joined(separator: " ")
        return switch verdict.outcome {
        case .accepted: "Accepted: \(subject)."
        case .rejected: "Rejected: \(subject)."
        case .held: "Waiting: \(subject)."
        case .ignored: "Refused: \(subject). Nobody is proven to have sent it, so no mail is sent."
        case .failed: "Kept: \(subject)."
        }
    }
}
