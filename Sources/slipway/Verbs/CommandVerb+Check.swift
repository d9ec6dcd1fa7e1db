internal import ArchiveModel
internal import ArgumentParser
internal import Catalog
internal import Commands

extension CommandVerb {
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says what is wrong with a text of commands, signed or not yet.",
            discussion: """
                Reads the form anywhere. On the service's machine, and with --person, it says as well what the archive would \
                refuse. Nothing is carried out.
                """)
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var service: ServiceOption
        @Argument(help: "The text; - reads standard input.") var file: String
        @Option(help: "Who is going to sign it.") var person: String?

        func run() async throws {
            let text = try CommandText(file)
            let settings = try await common.settings()
            let preview: CommandPreview
            var signer: (person: Person, key: Fingerprint)?
            if let person {
                let catalog = try common.catalog(settings)
                preview = CommandPreview(
                    service: service.name(settings), catalog: catalog, rules: settings.actionRules, now: unixTime())
                signer = try await Self.signer(person, catalog)
            } else {
                preview = CommandPreview(service: service.name(settings), rules: settings.actionRules)
            }
            let report = try await preview.report(
                on: text.isSigned ? text.commands : addressed(text.commands, settings), title: file, by: signer)
            try output.show(report) { $0.words }
            guard report.isDone else { throw Refusal(.data, "\(file) would be refused.") }
        }

        /// Somebody who may command, with a key that may.
        private static func signer(_ name: String, _ catalog: Catalog) async throws -> (
            person: Person, key: Fingerprint
        ) {
            let person = try await PersonVerb.registered(name, in: catalog)
            for key in try await catalog.keys(of: person) where try await !catalog.isBlocked(key) {
                return (person, key)
            }
            throw Refusal(
                .noSuch,
                person.isBlocked
                    ? "\(name) is blocked: nothing that they sign acts here."
                    : "\(name) has no key that acts here. Add one with: slipway person add-key")
        }

        /// As `sign` would sign it.
        private func addressed(_ text: String, _ settings: Settings) -> String {
            service.name(settings).map { CommandPreview.addressed(text, to: $0) } ?? text
        }
    }
}

/// Which service a text is for: a maintainer has its program, and perhaps not its configuration.
struct ServiceOption: ParsableArguments {
    @Option(help: "The service's name, as the field Archive has it; by default the configured one.")
    var service: String?

    /// Nil where nobody has said it.
    func name(_ settings: Settings) -> String? {
        service ?? (settings.name == Settings().name ? nil : settings.name)
    }
}

/// A text of commands from a file, without the signature around it if there is one.
struct CommandText {
    let commands: String
    let isSigned: Bool

    init(_ name: String) throws {
        let bytes = try KeyFile(name).bytes
        guard bytes.count <= Self.longest, let text = String(validating: bytes, as: UTF8.self) else {
            throw Refusal(.data, "\(name) is not a text of commands: not UTF-8, or larger than \(Self.longest) bytes.")
        }
        commands = Self.unsigned(text)
        isSigned = commands != text
    }

    /// In bytes, with a signature.
    private static let longest = 1 << 20

    /// Whether the signature is good is not asked: nothing acts on it here (RFC 4880, section 7).
    private static func unsigned(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.first?.hasPrefix("-----BEGIN PGP SIGNED MESSAGE-----") == true,
            let start = lines.firstIndex(of: ""),
            let end = lines.firstIndex(where: { $0.hasPrefix("-----BEGIN PGP SIGNATURE-----") }), start < end
        else { return text }
        return lines[(start + 1)..<end].map { $0.hasPrefix("- ") ? $0.dropFirst(2) : $0 }.joined(separator: "\n") + "\n"
    }
}

extension CommandReport {
    /// For a terminal.
    var words: String {
        let paragraphs = results.enumerated().flatMap { number, result in
            ["\(number + 1). \(result.title): \(result.isDone ? "good" : "refused")"]
                + (result.sentences + result.findings.map(\.description)).map { "   \($0)" }
        }
        return (findings.map(\.description) + paragraphs).map(\.printable).joined(separator: "\n")
    }
}

extension CommandReport.Result {
    /// "create-ppa ~alice/debian/tools" would say more, but each action has its own fields: the first line, as it was written.
    fileprivate var title: Substring { paragraph.split(separator: "\n").first ?? "" }
}
