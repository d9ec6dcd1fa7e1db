internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import Logging

/// What is written down with a verdict, and who is told.
extension Judge {
    func decision(
        _ examined: Examined, _ received: ReceivedText
    ) -> @Sendable (Int64) -> Decision {
        { [limits] upload in
            var verdict = examined.verdict
            verdict.findings = verdict.findings.first(limits.findingsShown)
            verdict.package = verdict.package ?? received.path.name.description
            // Only whoever sent it can name its session: what nobody is proven to have sent is not found by counting.
            verdict.page =
                verdict.outcome == .ignored
                ? limits.receipts(ofSession: received.session.name) : limits.page(ofUpload: upload)
            let report = UploadReport(
                upload: upload, changesName: received.path.name.description, verdict: verdict, files: examined.files,
                changes: examined.changes, next: examined.next)
            return Decision(
                verdict: verdict, report: report, letters: Self.letters(examined, report),
                signer: examined.signer, retryAt: examined.retryAt, ordersHeeded: received.orders.count,
                waiting: examined.waiting, heldFor: examined.heldFor, heldBytes: examined.heldBytes,
                refusalLettersADay: limits.refusalLettersADay)
        }
    }

    /// To the signer and nobody else: every other address in an upload is anybody's claim.
    private static func letters(_ examined: Examined, _ report: UploadReport) -> [Letter] {
        guard let signer = examined.signer, !examined.isAnsweredElsewhere, report.verdict.outcome != .ignored else {
            return []
        }
        let identity = examined.replayed.map { "replay-\($0.prefix(32))" } ?? report.letterIdentity(examined)
        return [
            Letter(
                to: signer.mail, identity: identity, answers: examined.answers, content: .verdict(report),
                reason: "you signed the upload")
        ]
    }

    /// A failure of ours: the upload is kept and judged again, with growing pauses; the admin is told once.
    func recordFailure(of received: ReceivedText, cause: String) async throws -> UploadRecord {
        let attempts = (try await catalog.upload(received.identity)?.attempts ?? 0) + 1
        let now = clock()
        let admin = limits.admin
        let pause = limits.retryPause(after: attempts)
        var examined = Examined(Verdict(.failed))
        examined.verdict.waitsFor = ["Something of this service failed. The upload is kept and will be judged again."]
        examined.retryAt = now + pause
        let decide = decision(examined, received)
        return try await catalog.record(received.identity, received: received.received, now: now) { upload in
            let decision = decide(upload)
            let letters = admin.map { [Self.failure(upload, received, cause, to: $0)] } ?? []
            return Decision(
                verdict: decision.verdict, report: decision.report, letters: letters, signer: nil,
                retryAt: decision.retryAt)
        }
    }

    /// Somebody removed the session of an upload that waited: there is nothing left to judge.
    func close(_ record: UploadRecord) async throws {
        log.error("the files of a waiting upload are gone", metadata: ["upload": "\(record.id)"])
        let finding = Finding(.filesGone, "The files of this upload are gone.", remedy: "Upload it again.")
        let closed = Verdict(
            .failed, findings: [finding], archive: record.verdict.archive, suite: record.verdict.suite,
            package: record.verdict.package, version: record.verdict.version, page: record.verdict.page)
        try await catalog.record(record.identity, received: record.received, now: clock()) { _ in
            Decision(verdict: closed, report: record.report, letters: [], signer: nil)
        }
    }

    private static func failure(
        _ upload: Int64, _ received: ReceivedText, _ cause: String, to admin: MailAddress
    ) -> Letter {
        let report = FailureReport(
            subject: "judging \(received.path.name)", cause: cause.printable,
            place: "session \(received.session.name), \(received.path)")
        return Letter(
            to: admin, identity: "upload-\(upload)-failed", content: .failure(report),
            reason: "you are the admin of this service")
    }
}

extension [Finding] {
    /// Errors first when some have to go, and a word about the rest.
    fileprivate func first(_ limit: Int) -> [Finding] {
        guard count > limit else { return self }
        let sorted = filter { $0.severity == .error } + filter { $0.severity == .warning }
        return sorted.prefix(limit) + [Finding(.moreFindings, "And \(count - limit) more.", severity: .warning)]
    }
}

extension UploadReport {
    /// The same event makes the same identity: a crash between two attempts makes no second mail.
    /// That it waits in NEW is told as well when it had to wait for files or a day before.
    fileprivate func letterIdentity(_ examined: Examined) -> String {
        "upload-\(upload)\(examined.waiting == nil ? "" : "-new")-\(verdict.outcome.rawValue)"
    }
}
