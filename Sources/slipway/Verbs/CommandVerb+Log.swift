internal import ArchiveModel
internal import ArgumentParser
internal import Catalog
internal import DebianControl

extension CommandVerb {
    struct Log: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Lists the latest texts of commands that came, or shows one: who, which key, from where, and the results."
        )
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The number of one.") var number: Int64?
        @Option(help: "Only this person's.") var person: String?
        @Option(help: "How many.") var limit = 50

        func run() async throws {
            let catalog = try await common.catalog(common.settings())
            if let number {
                guard let entry = try await catalog.loggedCommand(number) else {
                    throw Refusal(.noSuch, "There is no text of commands \(number). See: slipway command log")
                }
                return try output.show(ShownText(entry)) { $0.whole }
            }
            var signer: Person?
            if let person { signer = try await PersonVerb.registered(person, in: catalog) }
            let entries = try await catalog.loggedCommands(of: signer, limit: limit)
            try output.show(entries.map(ShownText.init)) { $0.map(\.line).joined(separator: "\n") }
        }
    }
}

/// A text of commands as printed.
private struct ShownText: Encodable {
    let number: Int64
    /// Unix seconds.
    let received: Int64
    let origin: String
    /// The client's address; nil of mails.
    let client: String?
    let signer: String?
    let key: String
    let isDone: Bool
    let text: String
    let report: CommandReport

    init(_ entry: LoggedCommand) {
        (number, received, origin) = (entry.id, entry.received, entry.origin)
        client = entry.client?.description
        (signer, key) = (entry.signer?.text, entry.key.text)
        (isDone, text, report) = (entry.report.isDone, entry.text, entry.report)
    }

    var line: String {
        let actions = report.results.count == 1 ? "1 action" : "\(report.results.count) actions"
        let result = report.isDryRun ? "dry run" : isDone ? "done" : "not done"
        return
            "\(number)  \(UTCDate(secondsSince1970: received))  \(signer ?? "nobody")  \(result)  \(actions)  \(origin.printable)\(client.map { ", from \($0)" } ?? "")"
    }

    var whole: String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + String($0).printable }
        return ([line, "key \(key)", ""] + lines + [report.words]).joined(separator: "\n")
    }
}
