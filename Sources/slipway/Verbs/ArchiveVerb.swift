internal import ArchiveModel
internal import ArgumentParser
internal import Catalog
internal import DebianControl

struct ArchiveVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive", abstract: "The archives: primary ones and PPAs.",
        subcommands: [
            Create.self, Change.self, List.self, Show.self, Sources.self, Quota.self, Announce.self, New.self,
            Suite.self, Uploader.self,
            PackageSets.self, Deny.self, Override.self, Binaries.self, Components.self, Newer.self, Imports.self,
            Rebuilds.self,
            TakeDown.self, Restore.self,
        ])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes an archive with a signing key of its own.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "debian, or ~owner/debian/name.") var reference: String
        @Option(help: "Its suites.") var suite: [String]
        @Option(help: "Its architectures; without this, those of each suite.") var architecture: [String] = []
        @Option(help: "What it is, in a sentence.") var description = ""
        @Option(
            name: .customLong("set"), parsing: .singleValue,
            help:
                "Field=value: Newer-Than=trixie. The fields are those of: slipway archive change --help; Suites is --suite."
        )
        var fields: [String] = []
        @OptionGroup var external: ExternalOptions

        func run() async throws {
            let settings = try await common.settings()
            let reference = try parsedReference(reference)
            let suites = try named()
            let catalog = try common.catalog(settings)
            try await refuseTaken(reference, in: catalog)
            let said = try await SettingWords.read(fields, for: reference, suites: suites.map(\.name), in: catalog)
            let keys = try ArchiveKeys(settings)
            let owner = try await external.owner(of: reference, settings, in: catalog)
            let kind: ArchiveKind = owner != nil ? .external : reference.owner == nil ? .primary : .ppa
            var new = NewArchive(
                reference, kind: kind, description: description, signingKey: try await keys.make(for: reference),
                suites: suites)
            if owner != nil { external.describe(&new) }
            do {
                let made =
                    if let owner {
                        try await catalog.createExternal(new, by: owner.person, owner.rule, now: unixTime())
                    } else {
                        try await catalog.createArchive(new, now: unixTime())
                    }
                print("\(made.reference) is there; its key is \(made.signingKey).")
                for sentence in try await catalog.change(reference, said) { print(sentence) }
            } catch let conflict as Conflict {
                // It may be there, and only what was to be said of it was refused.
                if try await !catalog.isSigningKey(new.signingKey) { try await keys.drop(new.signingKey) }
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
            let catalog = try common.catalog(settings)
            var archives: [ShownArchive] = []
            for archive in try await catalog.archives() {
                archives.append(
                    ShownArchive(archive, settings.quotas, try await catalog.relations(of: archive)))
            }
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
            let catalog = try common.catalog(settings)
            let archive = try await knownArchive(reference, in: catalog)
            let relations = try await catalog.relations(of: archive)
            try output.show(ShownArchive(archive, settings.quotas, relations)) {
                "\($0.line)\n  key \($0.signingKey)\n  \($0.bytes.inBytes) in its pool"
                    + ($0.quota.map { " of \($0.inBytes)" } ?? "")
                    + ($0.isNearlyFull ? ": little is free" : "")
                    + ($0.components.map { "\n  publishes in \($0.joined(separator: ", "))" } ?? "")
                    + ($0.announce.map { "\n  announced to \($0)" } ?? "")
                    + ($0.depends.isEmpty ? "" : "\n  depends on \($0.depends.joined(separator: ", "))")
                    + ($0.breaks.isEmpty ? "" : "\n  breaks \($0.breaks.joined(separator: ", "))")
                    + $0.rules.map { "\n  \($0)" }.joined()
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
    /// Suites of the base that its versions are higher, or lower, than.
    let newerThan: String?
    let olderThan: String?
    /// Versions contain its name.
    let nameInVersion: Bool
    /// What is accepted is built without being asked for.
    let autobuild: Bool
    /// Every registered person may upload to it.
    let isForEveryone: Bool
    /// What a rebuild makes.
    let rebuilds: RebuildMethod
    /// What holds in it, in sentences.
    let rules: [String]
    /// Of each suite.
    let architectures: [String: [String]]
    /// The suites that are frozen or closed.
    let notOpen: [String: String]
    /// Where it publishes; a primary archive has the components of its suites.
    let components: [String]?
    /// Whether apt and pages show it, and since when it is so, in Unix seconds; 0: always.
    let presence: ArchivePresence
    let presenceSince: Int64
    /// Bytes that its pool may have, by its own rule or the service's; `nil` is no limit.
    let quota: Int64?
    let isNearlyFull: Bool
    /// Where what it accepts is announced.
    let announce: String?

    /// What it depends on by itself, and what it breaks, as its owner has said.
    let depends: [String]
    let breaks: [String]

    init(_ archive: Archive, _ quotas: QuotaRule, _ relations: ArchiveRelations) {
        depends = relations.depends.map { "\($0.reference)\($0.isShown ? "" : " (not there)")" }
        breaks = relations.breaks.map { "\($0.reference)\($0.isShown ? "" : " (not there)")" }
        reference = archive.reference.description
        kind = archive.kind.rawValue
        description = archive.description
        suites = archive.suites.map(\.name.text)
        signingKey = archive.signingKey.text
        (presence, presenceSince) = (archive.presence, archive.presenceSince)
        bytes = archive.bytes
        let limit = quotas.limit(of: archive)
        quota = limit?.bytes
        isNearlyFull = limit?.isNearlyReached(by: archive.bytes) ?? false
        announce = archive.announce?.description
        components = archive.components?.map(\.text)
        hasNew = archive.hasNew
        newerInBase = archive.newerInBase
        takesBinaries = archive.takesBinaries
        newerThan = archive.versionRules.newerThan?.text
        olderThan = archive.versionRules.olderThan?.text
        nameInVersion = archive.versionRules.needName
        autobuild = archive.buildsByItself
        isForEveryone = archive.isForEveryone
        rebuilds = archive.rebuilds
        rules = archive.rules
        architectures = Dictionary(
            uniqueKeysWithValues: archive.suites.map { ($0.name.text, $0.architectures.map(\.description)) })
        notOpen = Dictionary(
            uniqueKeysWithValues: archive.suites.filter { $0.state != .open }.map { ($0.name.text, $0.state.rawValue) })
    }

    var line: String {
        let words: [ArchivePresence: String] = [.hidden: "  (taken down)", .deleted: "  (deleted)"]
        return "\(reference)  \(kind)  \(suites.joined(separator: " "))  \(description)\(words[presence] ?? "")"
    }
}
