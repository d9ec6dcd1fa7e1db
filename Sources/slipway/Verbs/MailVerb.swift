internal import ArgumentParser
internal import Catalog
internal import MailFormat
internal import Mailer

struct MailVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail", abstract: "The outbox.", subcommands: [List.self, Show.self, Resend.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the latest mails.")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: OutputOptions
        @Option(help: "queued, sent or dead.") var state: String?
        @Option(help: "How many.") var limit = 50

        func run() async throws {
            let wanted = try state.map { text in
                guard let state = OutboxEntry.State(rawValue: text) else {
                    throw Refusal.unreadable("a mail's state", text, rule: "queued, sent or dead")
                }
                return state
            }
            let letters = try await common.catalog(common.settings()).letters(wanted, limit: limit).map(ShownMail.init)
            try output.show(letters) { $0.map(\.line).joined(separator: "\n") }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows a mail as it leaves.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "Its number.") var number: Int64

        func run() async throws {
            let settings = try await common.settings()
            guard let entry = try await common.catalog(settings).letter(number) else {
                throw Refusal(.noSuch, "There is no mail \(number). See: slipway mail list")
            }
            guard let letter = entry.letter else {
                throw Refusal(.data, "Mail \(number) cannot be read by this version.")
            }
            let mail = try Parts.letterWriter(settings).mail(for: letter, date: entry.created)
            print(String(decoding: mail.rendered(), as: UTF8.self))
        }
    }

    struct Resend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Puts a mail into the queue again.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "Its number.") var number: Int64

        func run() async throws {
            do {
                try await common.catalog(common.settings()).resend(number, now: unixTime())
                print("Mail \(number) is queued.")
            } catch let conflict as Conflict {
                throw Refusal(.noSuch, conflict.description)
            }
        }
    }
}

/// A mail as listed.
private struct ShownMail: Encodable {
    let number: Int64
    let state: String
    let recipient: String
    let identity: String
    let attempts: Int64
    let lastError: String?

    init(_ entry: OutboxEntry) {
        number = entry.id
        state = entry.state.rawValue
        recipient = entry.recipient
        identity = entry.identity
        attempts = entry.attempts
        lastError = entry.lastError
    }

    var line: String { "\(number)  \(state)  \(recipient)  \(identity)\(lastError.map { "  \($0)" } ?? "")" }
}
