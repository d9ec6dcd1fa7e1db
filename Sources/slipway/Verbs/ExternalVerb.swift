internal import ArchiveModel
internal import ArgumentParser
internal import Catalog
internal import DebianControl

struct ExternalVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "external", abstract: "External archives: who agreed to their terms, and who is kept from them.",
        subcommands: [Terms.self, Agreements.self, Bars.self, Bar.self, Unbar.self])

    struct Terms: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows the terms of use in force.")
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let settings = try await common.settings()
            guard let terms = settings.external.rule?.terms, let text = try settings.external.termsText() else {
                throw Refusal(
                    .config, "There are no external archives; external.terms in slipway.yaml would name terms.")
            }
            print("Version \(terms.version), in force since \(terms.date): \(terms.page)\n\n\(text)")
        }
    }

    struct Agreements: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists to which terms a person agreed, when, and with which key.")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: OutputOptions
        @Argument var person: String

        func run() async throws {
            let catalog = try await common.catalog(common.settings())
            let person = try await PersonVerb.registered(person, in: catalog)
            try output.show(try await catalog.agreements(of: person).map(ShownAgreement.init)) {
                $0.map(\.line).joined(separator: "\n")
            }
        }
    }

    struct Bars: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists who is kept from external archives, and why.")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let bars = try await common.catalog(common.settings()).externalBars().map(ShownBar.init)
            try output.show(bars) { $0.map(\.line).joined(separator: "\n") }
        }
    }

    struct Bar: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Keeps a person from external archives: they make none, upload to none, and nobody uploads to theirs.")
        @OptionGroup var common: CommonOptions
        @Argument var person: String
        @Option(help: "Why.") var reason: String

        func run() async throws { try await ExternalVerb.setBarred(true, person, reason, common) }
    }

    struct Unbar: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lets a person have external archives again.")
        @OptionGroup var common: CommonOptions
        @Argument var person: String

        func run() async throws { try await ExternalVerb.setBarred(false, person, "", common) }
    }

    private static func setBarred(
        _ isBarred: Bool, _ name: String, _ reason: String, _ common: CommonOptions
    ) async throws {
        let catalog = try await common.catalog(common.settings())
        let person = try await PersonVerb.registered(name, in: catalog)
        try await refusingConflicts {
            print(try await catalog.setBarred(isBarred, person.name, reason: reason, now: unixTime()))
        }
    }
}

private struct ShownAgreement: Encodable {
    let version: String
    /// Unix seconds.
    let agreed: Int64
    let key: String

    init(_ agreement: TermsAgreement) {
        (version, agreed, key) = (agreement.version, agreement.agreed, agreement.key.text)
    }

    var line: String { "\(version)  \(UTCDate(secondsSince1970: agreed))  \(key)" }
}

private struct ShownBar: Encodable {
    let person: String
    /// Unix seconds.
    let since: Int64
    let reason: String

    init(_ bar: ExternalBar) { (person, since, reason) = (bar.person.text, bar.since, bar.reason) }

    var line: String { "\(person)  \(UTCDate(secondsSince1970: since))  \(reason.printable)" }
}
