internal import ArchiveModel
internal import ArgumentParser
internal import Catalog
internal import DebianControl

extension ArchiveVerb {
    struct Override: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Where an archive has its packages, whatever they say themselves.",
            subcommands: [Set.self, List.self, Remove.self])
    }
}

extension ArchiveVerb.Override {
    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says it of one package, in place of what was said before; what no option names is as it says.",
            discussion: "Section and priority hold at once, a component from the next upload on.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "debian, or ~owner/debian/name.") var reference: String
        @Argument(help: "A source; with --binary a package.") var name: String
        @Flag(help: "It is a package.") var binary = false
        @OptionGroup var override: OverrideOptions

        func run() async throws {
            let catalog = try await common.catalog(common.settings())
            let archive = try await knownArchive(reference, in: catalog)
            let package = try parsedName(name)
            let override = try await self.override.read(for: archive, catalog, isOfBinary: binary)
            try await catalog.set(override, of: package, binary ? .binary : .source, in: archive)
            try await catalog.say("\(archive.reference) has \(package) so from now on: \(override.words).", of: archive)
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Has the archive take a package as it says itself.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "debian, or ~owner/debian/name.") var reference: String
        @Argument(help: "A source; with --binary a package.") var name: String
        @Flag(help: "It is a package.") var binary = false

        func run() async throws {
            let catalog = try await common.catalog(common.settings())
            let archive = try await knownArchive(reference, in: catalog)
            let package = try parsedName(name)
            try await refusingConflicts {
                try await catalog.removeOverride(of: package, binary ? .binary : .source, in: archive)
            }
            try await catalog.say("\(archive.reference) has \(package) as it says itself from now on.", of: archive)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists an archive's overrides.")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "debian, or ~owner/debian/name.") var reference: String

        func run() async throws {
            let catalog = try await common.catalog(common.settings())
            let overrides = try await catalog.overrides(in: knownArchive(reference, in: catalog)).map(
                ShownOverride.init)
            try output.show(overrides) { $0.map(\.line).joined(separator: "\n") }
        }
    }
}

private func parsedName(_ name: String) throws -> PackageName {
    guard let package = PackageName(name) else {
        throw Refusal.unreadable("a package's name", name, rule: "Policy 5.6.1")
    }
    return package
}

/// An override as printed.
private struct ShownOverride: Encodable {
    let kind: String
    let name: String
    let component: String?
    let section: String?
    let priority: String?
    private let words: String

    private enum CodingKeys: CodingKey { case kind, name, component, section, priority }

    init(_ named: NamedOverride) {
        (kind, name) = (named.kind.rawValue, named.name.description)
        (component, section) = (named.override.component?.text, named.override.section)
        (priority, words) = (named.override.priority, named.override.words)
    }

    var line: String { "\(kind)  \(name)  \(words)" }
}

extension PackageOverride {
    fileprivate var words: String {
        let parts = [
            component.map { "component \($0)" }, section.map { "section \($0)" }, priority.map { "priority \($0)" },
        ].compactMap(\.self)
        return parts.isEmpty ? "as it says itself" : parts.joined(separator: ", ")
    }
}
