internal import ArchiveModel
internal import Catalog

/// `/uploads/17`: the verdict on an upload, and what has become of it. The mail about it says the same.
struct UploadPage: Encodable {
    struct Event: Encodable {
        let time: Moment
        let text: String
        /// The page that tells more.
        var page: String?
    }

    struct Publication: Encodable {
        let suite: String
        let state: String
    }

    let host: String
    /// `nil` for one without a proven signer: its receipt has no page of its own.
    let number: Int64?
    let title: String
    let changesName: String
    let outcome: String
    let archive: String?
    /// Where its page is; nil when it is not to be seen.
    let archivePage: String?
    let suite: String?
    let package: String?
    let version: String?
    /// The name of the person.
    let signer: String?
    let findings: [Finding]
    let waitsFor: [String]
    let files: [UploadReport.File]
    let changes: String?
    let next: [String]
    /// Of the `.changes` or command file as it was sent.
    let sha256: String
    let received: Moment
    /// In order of time.
    let events: [Event]
    let publications: [Publication]
    /// What came of each paragraph, where it was a text of commands.
    let commands: CommandsPage?
}

extension UploadPage {
    init(_ upload: UploadRecord, story: UploadStory, commands: CommandsPage?, archivePage: String?, host: String) {
        let (verdict, report) = (upload.verdict, upload.report)
        self.init(
            host: host, number: verdict.outcome == .ignored ? nil : upload.id, title: upload.title,
            changesName: report.changesName, outcome: verdict.outcome.rawValue, archive: verdict.archive?.description,
            archivePage: archivePage, suite: verdict.suite?.text,
            package: verdict.package.map(PublicText.hidingAddresses),
            version: verdict.version, signer: story.signer?.text, findings: verdict.findings.map(\.published),
            waitsFor: verdict.waitsFor.map(PublicText.hidingAddresses), files: report.files,
            changes: report.changes.map(PublicText.hidingAddresses),
            next: report.next.map(PublicText.hidingAddresses), sha256: upload.identity.sha256,
            received: Moment(upload.received), events: Self.events(upload, story),
            publications: story.publications.map { Publication(suite: $0.suite.text, state: $0.state.rawValue) },
            commands: commands)
    }

    private static func events(_ upload: UploadRecord, _ story: UploadStory) -> [Event] {
        var events = [
            Event(time: Moment(upload.received), text: "received"),
            Event(time: Moment(upload.decided), text: upload.verdict.outcome.rawValue),
        ]
        events += story.builds.flatMap(Self.events)
        events += story.publications.compactMap { publication in
            publication.ended.map {
                Event(time: Moment($0), text: "\(publication.state.rawValue) in \(publication.suite)")
            }
        }
        events += story.mails.map(Self.event)
        let retry = upload.retryAt.map { Event(time: Moment($0), text: "will be looked at again") }
        return (events + [retry].compactMap(\.self)).sorted { $0.time.seconds < $1.time.seconds }
    }

    private static func event(_ mail: UploadStory.Mail) -> Event {
        let what = "mail \"\(mail.topic)\""
        return switch mail.state {
        case .sent: Event(time: Moment(mail.sent ?? mail.created), text: "\(what) sent")
        case .queued: Event(time: Moment(mail.created), text: "\(what) waits to be sent")
        case .dead: Event(time: Moment(mail.created), text: "\(what) could not be delivered")
        }
    }

    private static func events(_ build: BuildRecord) -> [Event] {
        let name = "build on \(build.architecture)"
        let page = "/builds/\(build.id)"
        let started = build.started.map { Event(time: Moment($0), text: "\(name) started", page: page) }
        let ended = build.ended.map { Event(time: Moment($0), text: "\(name) \(build.state.rawValue)", page: page) }
        return [started, ended].compactMap(\.self)
    }
}

/// The receipts of one file or one session, those without a proven signer too: who knows the SHA-256 of a file, or the
/// name of a session, sent it.
struct ReceiptsPage: Encodable {
    let host: String
    let title: String
    let uploads: [UploadPage]
}
