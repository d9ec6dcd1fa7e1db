internal import ArchiveModel
internal import ArgumentParser
internal import Catalog
internal import DebianControl

extension ArchiveVerb {
    struct PackageSets: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set", abstract: "Sets of sources that a right may be about together (uploader add --set).",
            subcommands: [Add.self, List.self, Remove.self])
    }
}

extension ArchiveVerb.PackageSets {
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Puts sources into a set, which is made with the first. Whoever has a right to the set has it for them."
        )
        @OptionGroup var common: CommonOptions
        @Argument(help: "debian, or ~owner/debian/name.") var reference: String
        @Argument(help: "The set's name.") var name: String
        @Argument(help: "Sources.") var sources: [String]

        func run() async throws {
            let catalog = try await common.catalog(common.settings())
            let archive = try await knownArchive(reference, in: catalog)
            let set = try parsedSet(name)
            try await catalog.add(try parsedSources(sources), toSet: set, in: archive)
            try await catalog.say(
                "The set \(set) of \(archive.reference) has \(sources.joined(separator: ", ")).", of: archive)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists an archive's sets and their sources.")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "debian, or ~owner/debian/name.") var reference: String

        func run() async throws {
            let catalog = try await common.catalog(common.settings())
            let sets = try await catalog.packageSets(in: knownArchive(reference, in: catalog)).map(ShownSet.init)
            try output.show(sets) {
                $0.map { "\($0.name)  \($0.sources.joined(separator: " "))" }.joined(separator: "\n")
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Takes sources out of a set.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "debian, or ~owner/debian/name.") var reference: String
        @Argument(help: "The set's name.") var name: String
        @Argument(help: "Sources.") var sources: [String]

        func run() async throws {
            let catalog = try await common.catalog(common.settings())
            let archive = try await knownArchive(reference, in: catalog)
            let set = try parsedSet(name)
            try await refusingConflicts {
                try await catalog.remove(try parsedSources(sources), fromSet: set, in: archive)
            }
            try await catalog.say(
                "The set \(set) of \(archive.reference) no longer has \(sources.joined(separator: ", ")).", of: archive)
        }
    }
}

/// A set as printed.
private struct ShownSet: Encodable {
    let name: String
    let sources: [String]

    init(_ set: PackageSet) { (name, sources) = (set.name.text, set.sources.map(\.description)) }
}

/// - Throws: `Refusal` that says how a set's name looks.
func parsedSet(_ text: String) throws -> PackageSetName {
    guard let name = PackageSetName(text) else {
        throw Refusal.unreadable("the name of a package set", text, rule: PackageSetKind.rule)
    }
    return name
}

private func parsedSources(_ texts: [String]) throws -> [PackageName] {
    try texts.map { text in
        guard let name = PackageName(text) else {
            throw Refusal.unreadable("a source's name", text, rule: "Policy 5.6.1")
        }
        return name
    }
}
