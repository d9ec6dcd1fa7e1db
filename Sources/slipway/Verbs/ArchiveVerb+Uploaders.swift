internal import ArchiveModel
internal import ArgumentParser
internal import Catalog
internal import DebianControl

extension ArchiveVerb {
    struct Uploader: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Who may upload besides the owner; a primary archive has no owner.",
            subcommands: [Add.self, List.self, Remove.self])
    }
}

extension ArchiveVerb.Uploader {
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives a person or a team a right; what no option names is any.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "debian, or ~owner/debian/name.") var reference: String
        @Argument(help: "A person or a team.") var name: String
        @Option(help: "This source only.") var source: String?
        @Option(help: "This suite only.") var suite: String?
        @Option(help: "This architecture only; \"source\" for sources.") var architecture: String?
        @Option(help: "This component only, of a primary archive.") var component: String?
        @Option(help: "The sources of this set only (slipway archive set).") var set: String?
        @Flag(help: "What they send by this right does not wait in NEW.") var skipNew = false
        @Option(help: "Only with this primary key of theirs.") var key: String?
        @Option(help: "The last day on which it holds, in UTC: 2027-01-31.") var until: String?

        func run() async throws {
            let catalog = try await common.catalog(common.settings())
            let archive = try await knownArchive(reference, in: catalog)
            let right = UploadRight(
                key: try read(key, "a fingerprint", "40 or 64 hexadecimal digits", Fingerprint.init),
                source: try read(source, "a source's name", "Policy 5.6.1") { PackageName($0) },
                suite: try read(suite, "a suite of it", suites(archive)) {
                    SuiteName($0).flatMap { archive.suite($0)?.name }
                },
                architecture: try read(architecture, "an architecture", "source, all, or as dpkg names them") {
                    Architecture($0)
                },
                component: try read(component, "a component", ComponentKind.rule) { ComponentName($0) },
                packageSet: try read(set, "the name of a package set", PackageSetKind.rule) { PackageSetName($0) },
                skipsNew: skipNew,
                until: try read(until, "a day", "2027-01-31") { UTCDate(day: $0)?.secondsSince1970 }.map { $0 + 86_400 }
            )
            guard let owner = OwnerName(name) else {
                throw Refusal.unreadable("the name of a person or team", name, rule: OwnerKind.rule)
            }
            try await refusingConflicts { try await catalog.give(right, to: owner, in: archive) }
            try await catalog.say(
                "\(owner) may upload to \(archive.reference)\(right.words.isEmpty ? "" : ": \(right.words)").",
                of: archive)
        }

        private func suites(_ archive: Archive) -> String {
            archive.suites.map(\.name.text).joined(separator: ", ")
        }

        private func read<Value>(
            _ text: String?, _ what: String, _ rule: String, _ parse: (String) -> Value?
        ) throws -> Value? {
            guard let text else { return nil }
            guard let value = parse(text) else { throw Refusal.unreadable(what, text, rule: rule) }
            return value
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the rights that were given.")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "debian, or ~owner/debian/name.") var reference: String

        func run() async throws {
            let catalog = try await common.catalog(common.settings())
            let rights = try await catalog.rights(in: knownArchive(reference, in: catalog)).map(ShownRight.init)
            try output.show(rights) { $0.map(\.line).joined(separator: "\n") }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Takes a right back.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "debian, or ~owner/debian/name.") var reference: String
        @Argument(help: "The right's number, as in the list.") var number: Int64

        func run() async throws {
            let catalog = try await common.catalog(common.settings())
            let archive = try await knownArchive(reference, in: catalog)
            try await refusingConflicts { try await catalog.withdraw(right: number, in: archive) }
            try await catalog.say("The right \(number) is taken back.", of: archive)
        }
    }
}

/// A right as printed.
private struct ShownRight: Encodable {
    let number: Int64
    let owner: String
    let key: String?
    let source: String?
    let suite: String?
    let architecture: String?
    let component: String?
    let packageSet: String?
    let skipsNew: Bool
    /// On which it holds, in UTC.
    let lastDay: String?
    private let words: String

    private enum CodingKeys: CodingKey {
        case number, owner, key, source, suite, architecture, component, packageSet, skipsNew, lastDay
    }

    init(_ given: GivenRight) {
        (number, owner, words) = (given.id, given.owner.text, given.right.words)
        (key, source) = (given.right.key?.text, given.right.source?.description)
        (suite, architecture) = (given.right.suite?.text, given.right.architecture?.description)
        (component, packageSet) = (given.right.component?.text, given.right.packageSet?.text)
        skipsNew = given.right.skipsNew
        lastDay = given.right.lastDay
    }

    var line: String { "\(number)  \(owner)  \(words)" }
}

extension UploadRight {
    /// What it is bound to; empty where that is nothing.
    fileprivate var words: String {
        let parts = [
            source.map { "source \($0)" }, packageSet.map { "set \($0)" }, component.map { "component \($0)" },
            suite.map { "suite \($0)" }, architecture.map { "architecture \($0)" },
            key.map { "key \($0)" }, skipsNew ? "without NEW" : nil,
            lastDay.map { "until \($0)" },
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }
}
