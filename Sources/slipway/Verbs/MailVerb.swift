internal import ArgumentParser
internal import Catalog
internal import MailFormat
internal import Mailer

struct MailVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail", abstract: "The outbox.", subcommands: [List.self, Show.self, Resend.self, Template.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the latest mails.")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: OutputOptions
        @Option(help: "queued, sent or dead.") var state: String?
        @Flag(help: "Those that were given up: the same as --state dead.") var dead = false
        @Option(help: "How many.") var limit = 50

        func run() async throws {
            let wanted = try (dead ? "dead" : state).map { text in
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
        static let configuration = CommandConfiguration(
            abstract: "Puts mails into the queue again, with all their attempts before them.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "Their numbers.") var numbers: [Int64] = []
        @Flag(help: "All that were given up.") var dead = false

        func validate() throws {
            guard dead != !numbers.isEmpty else { throw ValidationError("Name mails by number, or say --dead.") }
        }

        func run() async throws {
            let catalog = try common.catalog(try await common.settings())
            if dead { return print("\(try await catalog.resendDead(now: unixTime())) mails are queued.") }
            for number in numbers {
                do {
                    try await catalog.resend(number, now: unixTime())
                    print("Mail \(number) is queued.")
                } catch let conflict as Conflict {
                    throw Refusal(.noSuch, conflict.description)
                }
            }
        }
    }
}

extension MailVerb {
    struct Template: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints a built-in template, to be changed and put into the folder mail.templates.",
            discussion: "Without a name it lists them all.")
        @Argument(help: "Its name, without .mustache.") var name: String?

        func run() throws {
            guard let name else { return MailTemplate.allCases.forEach { print($0.rawValue) } }
            guard let template = MailTemplate(rawValue: name) else {
                throw Refusal(.noSuch, "There is no template \(name). See: slipway mail template")
            }
            print(template.builtIn, terminator: "")
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
    /// The mail it was sent in, with others.
    let collectedIn: Int64?

    init(_ entry: OutboxEntry) {
        number = entry.id
        state = entry.state.rawValue
        recipient = entry.recipient
        identity = entry.identity
        attempts = entry.attempts
        lastError = entry.lastError
        collectedIn = entry.collectedIn
    }

    var line: String {
        "\(number)  \(state)  \(recipient)  \(identity)" + (lastError.map { "  \($0)" } ?? "")
            + (collectedIn.map { "  in mail \($0)" } ?? "")
    }
}
