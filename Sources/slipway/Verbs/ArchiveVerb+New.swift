internal import ArchiveModel
internal import ArgumentParser
internal import Catalog

extension ArchiveVerb {
    struct New: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Has sources and packages that an archive never had wait for an admin, or not.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "debian, or ~owner/debian/name.") var reference: String
        @Argument var state: Switch

        func run() async throws {
            let catalog = try await common.catalog(common.settings())
            let archive = try await knownArchive(reference, in: catalog)
            try await catalog.setNew(state.isOn, of: archive)
            print(
                "What is new in \(archive.reference) \(state.isOn ? "waits for an admin" : "is taken like the rest").")
        }
    }
}
