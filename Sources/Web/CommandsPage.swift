internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import Hummingbird

/// What came of a text of commands, paragraph by paragraph.
struct CommandsPage: Encodable {
    struct Result: Encodable {
        let number: Int
        /// `create-ppa`
        let action: String
        let isDone: Bool
        /// The paragraph's fields, but for the reason, which is for those who read the log.
        let paragraph: String
        let sentences: [String]
        let findings: [Finding]
    }

    let isDryRun: Bool
    let isDone: Bool
    let results: [Result]
}

extension CommandsPage.Result {
    /// - Parameter isHidden: it is about an archive that is not to be seen.
    init(_ result: CommandReport.Result, number: Int, isHidden: Bool) {
        self.init(
            number: number, action: result.action, isDone: result.isDone,
            paragraph: isHidden ? "Action: \(result.action)" : result.publicParagraph,
            sentences: isHidden ? [] : result.sentences.map(PublicText.hidingAddresses),
            findings: isHidden ? [] : result.findings.map(\.published))
    }
}

extension CommandReport.Result {
    /// As it was written, if there is such an action: what else stands there is anybody's text.
    var action: String {
        let fields = try? ControlParagraph(parsing: paragraph)
        let word = fields?["Action"] ?? paragraph.split(separator: " ").first.map(String.init) ?? ""
        return String(word.filter { $0.isASCII && ($0.isLetter || $0 == "-") }.prefix(40))
    }

    fileprivate var publicParagraph: String {
        guard let fields = try? ControlParagraph(parsing: paragraph) else {
            return PublicText.hidingAddresses(paragraph)
        }
        let shown = fields.fields.filter { $0.name.lowercased() != "reason" }.map { "\($0.name): \($0.value)" }
        return PublicText.hidingAddresses(shown.joined(separator: "\n"))
    }
}

/// A line among what was changed by commands.
struct CommandsLine: Encodable {
    let time: Moment
    let signer: String?
    let actions: String
    let isDone: Bool
    /// The upload that brought them.
    let number: Int64?

    init(_ commands: DoneCommands) {
        time = Moment(commands.received)
        signer = commands.signer?.text
        actions = commands.report.results.map(\.action).joined(separator: ", ")
        isDone = commands.report.isDone
        number = commands.upload
    }
}

/// `/~alice`: a person's or a team's archives, and what they changed by commands.
struct OwnerPage: Encodable {
    struct Archive: Encodable {
        let reference: String
        let kind: String
        let description: String
        let address: String
    }

    let host: String
    let owner: String
    let archives: [Archive]
    let commands: [CommandsLine]
}

extension WebResponder {
    func commands(of upload: UploadRecord) async throws -> CommandsPage? {
        guard let report = try await parts.catalog.commandReport(of: upload.identity) else { return nil }
        var results: [CommandsPage.Result] = []
        for (index, result) in report.results.enumerated() {
            let isHidden = try await parts.catalog.isAboutWithdrawn(paragraph: result.paragraph)
            results.append(CommandsPage.Result(result, number: index + 1, isHidden: isHidden))
        }
        return CommandsPage(isDryRun: report.isDryRun, isDone: report.isDone, results: results)
    }

    func owner(_ name: OwnerName, _ form: PageWriter.Form) async throws -> Response? {
        guard try await parts.catalog.ownerExists(name) else { return nil }
        let archives = try await parts.catalog.archives(of: name).filter { archive in
            archive.presence == .shown && (archive.kind != .external || configuration.addresses.external != nil)
        }
        let commands = try await parts.catalog.commands(by: name, limit: configuration.uploadsShown)
        let page = OwnerPage(
            host: configuration.host, owner: name.text,
            archives: archives.map { archive in
                OwnerPage.Archive(
                    reference: archive.reference.description, kind: archive.kind.rawValue,
                    description: PublicText.hidingAddresses(archive.description),
                    address: configuration.addresses.address(of: archive.reference, archive.kind))
            }, commands: commands.map(CommandsLine.init))
        return try pages.response(page, .owner, form)
    }
}
