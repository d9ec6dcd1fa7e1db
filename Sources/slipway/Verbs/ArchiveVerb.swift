internal import ArchiveModel
internal import ArgumentParser
internal import Catalog
internal import DebianControl

struct ArchiveVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive", abstract: "The archives: primary ones and PPAs.",
        subcommands: [
            Create.self, List.self, Show.self, Quota.self, Announce.self, New.self, Suite.self, Uploader.self,
            PackageSets.self, Deny.self, Override.self, Binaries.self, Components.self, Newer.self,
        ])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes an archive with a signing key of its own.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "debian, or ~owner/debian/name.") var reference: String
        @Option(help: "Its suites.") var suite: [String]
        @Option(help: "Its architectures; without this, those of each suite.") var architecture: [String] = []
        @Option(help: "What it is, in a sentence.") var description = ""

        func run() async throws {
            let settings = try await common.settings()
            let reference = try parsedReference(reference)
            let suites = try named()
            let catalog = try common.catalog(settings)
            try await refuseTaken(reference, in: catalog)
            let new = NewArchive(
                reference, kind: reference.owner == nil ? .primary : .ppa, description: description,
                signingKey: try await ArchiveKeys(settings).make(for: reference), suites: suites)
            do {
                let made = try await catalog.createArchive(new, now: unixTime())
                print("\(made.reference) is there; its key is \(made.signingKey).")
            } catch let conflict as Conflict {
                throw Refusal(.data, conflict.description)
            }
        }

        /// The suites of the command line, each with the architectures of the command line.
        private func named() throws -> [(name: SuiteName, architectures: [Architecture]?)] {
            let architectures = try architecture.map { text in
                guard let name = Architecture(text) else {
                    throw Refusal.unreadable("an architecture", text, rule: "as dpkg names them")
                }
                return name
            }
            return try suite.map { text in
                guard let name = SuiteName(text) else {
                    throw Refusal.unreadable("a suite", text, rule: SuiteKind.rule)
                }
                return (name: name, architectures: architectures.isEmpty ? nil : architectures)
            }
        }

        /// Before a key is made for it.
        private func refuseTaken(_ reference: ArchiveReference, in catalog: Catalog) async throws {
            guard try await catalog.archive(reference) == nil else {
                throw Refusal(.data, "There is an archive \(reference) already.")
            }
            if case .owned(_, _, let name) = reference, try await catalog.vocabulary(standard: nil).isAmbiguous(name) {
                throw Refusal(.data, "A PPA may not be named like a suite or a distribution, as \"\(name)\" is.")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the archives.")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let settings = try await common.settings()
            let archives = try await common.catalog(settings).archives().map { ShownArchive($0, settings.quotas) }
            try output.show(archives) { $0.map(\.line).joined(separator: "\n") }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows an archive.")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: OutputOptions
        @Argument var reference: String

        func run() async throws {
            let settings = try await common.settings()
            let archive = try await knownArchive(reference, in: common.catalog(settings))
            try output.show(ShownArchive(archive, settings.quotas)) {
                "\($0.line)\n  key \($0.signingKey)\n  \($0.bytes.inBytes) in its pool"
                    + ($0.quota.map { " of \($0.inBytes)" } ?? "")
                    + ($0.isNearlyFull ? ": little is free" : "")
                    + ($0.components.map { "\n  publishes in \($0.joined(separator: ", "))" } ?? "")
                    + ($0.announce.map { "\n  announced to \($0)" } ?? "")
                    + ($0.hasNew ? "\n  what is new in it waits in NEW" : "")
                    + ($0.newerInBase == .tell
                        ? "" : "\n  what the base has in a newer version \($0.newerInBase.sentence)")
                    + ($0.takesBinaries ? "\n  people may upload packages, too" : "")
                    + $0.notOpen.map { "\n  \($0.key) is \($0.value)" }.sorted().joined()
            }
        }
    }
}

/// - Throws: `Refusal` that says how a reference looks.
func parsedReference(_ text: String) throws -> ArchiveReference {
    guard let reference = ArchiveReference(text) else {
        throw Refusal.unreadable("an archive reference", text, rule: "debian, or ~owner/debian/name")
    }
    return reference
}

/// - Throws: `Refusal` when there is none.
func knownArchive(_ reference: String, in catalog: Catalog) async throws -> Archive {
    guard let archive = try await catalog.archive(parsedReference(reference)) else {
        throw Refusal(.noSuch, "There is no archive \(reference). See: slipway archive list")
    }
    return archive
}

/// An archive as printed.
private struct ShownArchive: Encodable {
    let reference: String
    let kind: String
    let description: String
    let suites: [String]
    let signingKey: String
    /// In its pool.
    let bytes: Int64
    /// Whether names that it never had wait in NEW.
    let hasNew: Bool
    /// People may upload packages, and not only builders.
    let takesBinaries: Bool
    /// What is done about sources that its base has in newer versions.
    let newerInBase: NewerInBaseAction
    /// The suites that are frozen or closed.
    let notOpen: [String: String]
    /// Where it publishes; a primary archive has the components of its suites.
    let components: [String]?
    /// Bytes that its pool may have, by its own rule or the service's; `nil` is no limit.
    let quota: Int64?
    let isNearlyFull: Bool
    /// Where what it accepts is announced.
    let announce: String?

    init(_ archive: Archive, _ quotas: QuotaRule) {
        reference = archive.reference.description
        kind = archive.kind.rawValue
        description = archive.description
        suites = archive.suites.map(\.name.text)
        signingKey = archive.signingKey.text
        bytes = archive.bytes
        let limit = quotas.limit(of: archive)
        quota = limit?.bytes
        isNearlyFull = limit?.isNearlyReached(by: archive.bytes) ?? false
        announce = archive.announce?.description
        components = archive.components?.map(\.text)
        hasNew = archive.hasNew
        newerInBase = archive.newerInBase
        takesBinaries = archive.takesBinaries
        notOpen = Dictionary(
            uniqueKeysWithValues: archive.suites.filter { $0.state != .open }.map { ($0.name.text, $0.state.rawValue) })
    }

    var line: String { "\(reference)  \(kind)  \(suites.joined(separator: " "))  \(description)" }
}
