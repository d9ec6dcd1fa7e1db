internal import ArchiveModel
internal import MailFormat

/// Headers that programs sort and answer by. `Debian-…` are those of dak's mails.
struct LetterHeaders {
    private(set) var headers: [OutgoingMail.Header] = []

    /// - Parameter host: the service's name.
    init(_ letter: Letter, host: String) {
        add("Precedence", "bulk")
        switch letter.content {
        case .verdict(let report): addUpload(report)
        case .buildFailed(let report): addBuild(report)
        case .announcement(let announcement):
            addList(announcement.upload.verdict.archive, host)
            addUpload(announcement.upload)
        case .quota(let report): add("X-Slipway-Archive", report.archive.description)
        case .newerInBase(let report): add("X-Slipway-Archive", report.archive.description)
        case .notice(let notice):
            if let archive = notice.archive { add("X-Slipway-Archive", archive.description) }
        case .commands, .failure, .digest, .collected: break
        }
    }

    /// RFC 2919: `<tools.debian.alice.ppa.example.org>`.
    private mutating func addList(_ archive: ArchiveReference?, _ host: String) {
        guard let archive else { return }
        let parts = archive.description.split(separator: "/").reversed().map { $0.filter { $0 != "~" } }
        add("List-Id", "<\(parts.joined(separator: ".")).\(host)>")
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
