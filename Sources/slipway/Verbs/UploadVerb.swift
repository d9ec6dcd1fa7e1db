internal import ArchiveModel
internal import ArgumentParser
internal import Catalog

struct UploadVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upload", abstract: "What became of uploads, and what is to become of those that wait.",
        subcommands: [List.self, Show.self, Accept.self, Reject.self, Cancel.self, Reschedule.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the latest uploads.")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: OutputOptions
        @Option(help: "How many.") var limit = 50
        @Flag(help: "Those that wait in NEW, oldest first.") var new = false

        func run() async throws {
            let catalog = try await common.catalog(common.settings())
            let uploads = new ? try await catalog.uploadsInNew() : try await catalog.latestUploads(limit: limit)
            try output.show(uploads.prefix(limit).map(ShownUpload.init)) { $0.map(\.line).joined(separator: "\n") }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows an upload with its findings.")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "Its number.") var number: Int64

        func run() async throws {
            let catalog = try await common.catalog(common.settings())
            guard let upload = try await catalog.upload(number) else {
                throw Refusal(.noSuch, "There is no upload \(number). See: slipway upload list")
            }
            let story = try await catalog.story(of: upload)
            try output.show(ToldUpload(upload, story)) { $0.lines.joined(separator: "\n") }
        }
    }
}

/// An upload as printed.
struct ShownUpload: Encodable {
    let number: Int64
    let session: String
    let path: String
    let sha256: String
    let verdict: Verdict
    /// Unix seconds.
    let received: Int64
    let decided: Int64

    init(_ upload: UploadRecord) {
        number = upload.id
        session = upload.identity.session
        path = upload.identity.path
        sha256 = upload.identity.sha256
        verdict = upload.verdict
        received = upload.received
        decided = upload.decided
    }

    var line: String {
        let what = verdict.subject ?? path
        return "\(number)  \(verdict.outcome.rawValue)  \(what)  \(verdict.place ?? "")"
    }
}
