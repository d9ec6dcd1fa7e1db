internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// An upload with what has become of it, as printed: what its page says.
struct ToldUpload: Encodable {
    struct Mail: Encodable {
        let topic: String
        let state: String
        /// Unix seconds.
        let created: Int64
        let sent: Int64?
    }

    struct Build: Encodable {
        let number: Int64
        let architecture: String
        let state: String
    }

    struct Publication: Encodable {
        let suite: String
        let state: String
    }

    private let upload: ShownUpload
    /// Whose key signed it, as far as that is proven.
    let signer: String?
    let files: [UploadReport.File]
    let publications: [Publication]
    let builds: [Build]
    let mails: [Mail]

    private enum CodingKeys: CodingKey { case signer, files, publications, builds, mails }

    init(_ upload: UploadRecord, _ story: UploadStory) {
        self.upload = ShownUpload(upload)
        signer = story.signer?.text
        files = upload.report.files
        publications = story.publications.map { Publication(suite: $0.suite.text, state: $0.state.rawValue) }
        builds = story.builds.map {
            Build(number: $0.id, architecture: $0.architecture.description, state: $0.state.rawValue)
        }
        mails = story.mails.map {
            Mail(topic: $0.topic, state: $0.state.rawValue, created: $0.created, sent: $0.sent)
        }
    }

    /// The upload's own keys beside these.
    func encode(to encoder: any Encoder) throws {
        try upload.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(signer, forKey: .signer)
        try container.encode(files, forKey: .files)
        try container.encode(publications, forKey: .publications)
        try container.encode(builds, forKey: .builds)
        try container.encode(mails, forKey: .mails)
    }

    var lines: [String] {
        [upload.line, "  signed by \(signer ?? "nobody who is proven")"]
            + upload.verdict.findings.map { "  \($0)" } + upload.verdict.waitsFor.map { "  waits for: \($0)" }
            + files.map { "  \($0.name)  \($0.size) bytes\($0.state.map { "  \($0.rawValue)" } ?? "")" }
            + publications.map { "  \($0.state) in \($0.suite)" }
            + builds.map { "  build \($0.number) on \($0.architecture): \($0.state)" }
            + mails.map { "  mail \"\($0.topic)\": \($0.state), \(UTCDate(secondsSince1970: $0.sent ?? $0.created))" }
    }
}
