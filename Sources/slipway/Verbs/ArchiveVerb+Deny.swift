internal import ArchiveModel
internal import ArgumentParser
internal import Catalog
internal import DebianControl

extension ArchiveVerb {
    struct Deny: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What may not be uploaded, whoever has the right.",
            subcommands: [Add.self, List.self, Remove.self])
    }
}

extension ArchiveVerb.Deny {
    /// In place of a reference.
    private static let everywhere = "all"

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Refuses a source, one version of it, or what a key signs, from now on. What is there stays.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "debian, or ~owner/debian/name, or \"all\".") var reference: String
        @Option(help: "Told to whoever tries, as a sentence.") var reason: String
        @Option(help: "This source.") var source: String?
        @Option(help: "This version of it only.") var version: String?
        @Option(help: "In this suite only.") var suite: String?
        @Option(help: "Only what this primary key signs.") var key: String?

        func run() async throws {
            let catalog = try await common.catalog(common.settings())
            let archive =
                reference == ArchiveVerb.Deny.everywhere ? nil : try await knownArchive(reference, in: catalog)
            let denial = UploadDenial(
                source: try parsed(source, "a source's name", "Policy 5.6.1") { PackageName($0) },
                version: try parsed(version, "a version", "Policy 5.6.12") { PackageVersion($0) },
                suite: try parsed(suite, "a suite's name", SuiteKind.rule) { SuiteName($0) },
                key: try parsed(key, "a fingerprint", "40 or 64 hexadecimal digits", Fingerprint.init), reason: reason)
            guard let denial else {
                throw Refusal(.usage, "Name a --source, with --version or without, or a --key.")
            }
            let number = try await catalog.add(denial, in: archive)
            try await catalog.say(
                "Denial \(number): \(denial.words) may not be uploaded to \(reference). \(reason)", of: archive)
        }

        private func parsed<Value>(
            _ text: String?, _ what: String, _ rule: String, _ parse: (String) -> Value?
        ) throws -> Value? {
            guard let text else { return nil }
            guard let value = parse(text) else { throw Refusal.unreadable(what, text, rule: rule) }
            return value
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists what may not be uploaded.")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let catalog = try await common.catalog(common.settings())
            let denials = try await catalog.denials().map(ShownDenial.init)
            try output.show(denials) { $0.map(\.line).joined(separator: "\n") }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Takes a denial back.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The denial's number, as in the list.") var number: Int64

        func run() async throws {
            let catalog = try await common.catalog(common.settings())
            let reference = try await catalog.denials().first { $0.id == number }?.archive
            try await refusingConflicts { try await catalog.remove(denial: number) }
            let archive = if let reference { try await catalog.archive(reference) } else { Archive?.none }
            try await catalog.say("The denial \(number) is taken back.", of: archive)
        }
    }
}

/// A denial as printed.
private struct ShownDenial: Encodable {
    let number: Int64
    /// Without one it is for all.
    let archive: String?
    let source: String?
    let version: String?
    let suite: String?
    let key: String?
    let reason: String
    private let words: String

    private enum CodingKeys: CodingKey { case number, archive, source, version, suite, key, reason }

    init(_ listed: ListedDenial) {
        let denial = listed.denial
        (number, archive) = (listed.id, listed.archive?.description)
        (source, version) = (denial.source?.description, denial.version?.description)
        (suite, key, reason, words) = (denial.suite?.text, denial.key?.text, denial.reason, denial.words)
    }

    var line: String { "\(number)  \(archive ?? "all")  \(words)  \(reason)" }
}

extension UploadDenial {
    fileprivate var words: String {
        let parts = [
            source.map { "\($0)\(version.map { " \($0)" } ?? "")" }, suite.map { "suite \($0)" },
            key.map { "key \($0)" },
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }
}
