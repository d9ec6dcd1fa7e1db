internal import ArchiveModel
internal import MailFormat

/// Headers that programs sort and answer by. `Debian-…` are those of dak's mails.
struct LetterHeaders {
    private(set) var headers: [OutgoingMail.Header] = []

    init(_ letter: Letter) {
        add("Precedence", "bulk")
        switch letter.content {
        case .verdict(let report): addUpload(report)
        case .buildFailed(let report): addBuild(report)
        case .commands, .failure: break
        }
    }

    private mutating func addUpload(_ report: UploadReport) {
        let verdict = report.verdict
        add("Debian-Changes", report.changesName)
        add("Debian-Source", verdict.package)
        add("Debian-Version", verdict.version)
        add("Debian-Suite", verdict.suite?.text)
        add("Debian-Archive-Action", Self.action(verdict.outcome))
        add("X-Slipway-Archive", verdict.archive?.description)
        add("X-Slipway-Upload", "\(report.upload)")
        add("X-Slipway-Verdict", verdict.outcome.rawValue)
    }

    private mutating func addBuild(_ report: BuildReport) {
        add("Debian-Source", report.package)
        add("Debian-Version", report.version)
        add("Debian-Suite", report.suite.text)
        add("Debian-Architecture", report.architecture)
        add("X-Slipway-Archive", report.archive.description)
        add("X-Slipway-Build", "\(report.build)")
    }

    private mutating func add(_ name: String, _ value: String?) {
        guard let name = HeaderName(name), let value else { return }
        headers.append(.init(name, HeaderText(cleaning: value)))
    }

    private static func action(_ outcome: Verdict.Outcome) -> String {
        switch outcome {
        case .accepted: "accept"
        case .rejected, .ignored: "reject"
        case .held, .failed: "hold"
        }
    }
}
