internal import ArchiveModel
internal import ArgumentParser
internal import Catalog
internal import DebianControl

extension ArchiveVerb {
    struct Override: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Where an archive has its packages, whatever they say themselves.",
            subcommands: [Set.self, List.self])
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
        @Option(help: "As Policy 2.4 has them.") var section: String?
        @Option(help: "As Policy 2.5 has them.") var priority: String?
        @Option(help: "Of a source in a primary archive.") var component: String?

        func run() async throws {
            let catalog = try await common.catalog(common.settings())
            let archive = try await knownArchive(reference, in: catalog)
            guard let package = PackageName(name) else {
                throw Refusal.unreadable("a package's name", name, rule: "Policy 5.6.1")
            }
            let override = PackageOverride(
                component: try await component(in: archive, catalog),
                section: try known(section, "a section") {
                    KnownWords.sections.contains($0)
                },
                priority: try known(priority, "a priority") { KnownWords.priorities.contains($0) })
            try await catalog.set(override, of: package, binary ? .binary : .source, in: archive)
            print("\(archive.reference) has \(package) so from now on: \(override.words).")
        }

        private func known(_ text: String?, _ what: String, _ isKnown: (String) -> Bool) throws -> String? {
            guard let text else { return nil }
            guard text != "-", isKnown(text) else {
                throw Refusal.unreadable(what, text, rule: "Policy 2.4 and 2.5 list them")
            }
            return text
        }

        private func component(in archive: Archive, _ catalog: Catalog) async throws -> ComponentName? {
            guard let component else { return nil }
            let suites = try await catalog.suites().filter { $0.distribution == archive.reference.distribution }
            guard archive.kind == .primary, !binary, let name = ComponentName(component),
                suites.contains(where: { $0.components.contains(name) })
            else {
                throw Refusal.unreadable(
                    "a component for it", component,
                    rule: "a source of a primary archive may have one of its suites' components")
            }
            return name
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
