internal import ArchiveModel
internal import ArgumentParser
internal import Catalog

extension ArchiveVerb {
    struct Components: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says where a PPA publishes: everything in one component, or each source in that of its section.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "~owner/debian/name.") var reference: String
        @Argument(help: "main, or several: main contrib.") var components: [String]

        func run() async throws {
            let names = try components.map { text in
                guard let name = ComponentName(text) else {
                    throw Refusal.unreadable("a component", text, rule: ComponentKind.rule)
                }
                return name
            }
            guard Set(names).count == names.count else {
                throw Refusal.unreadable("components", components.joined(separator: " "), rule: "each once")
            }
            let catalog = try await common.catalog(common.settings())
            let archive = try await knownArchive(reference, in: catalog)
            try await refusingConflicts { try await catalog.setComponents(names, of: archive) }
            try await catalog.say(
                "\(archive.reference) publishes in \(components.joined(separator: ", ")).", of: archive)
        }
    }
}
