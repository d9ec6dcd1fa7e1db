internal import ArchiveModel
internal import ArgumentParser
internal import Catalog

extension ArchiveVerb {
    struct Binaries: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lets people upload packages, and not only sources; or not. What builders make is always taken.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "debian, or ~owner/debian/name.") var reference: String
        @Argument var state: Switch

        func run() async throws {
            let catalog = try await common.catalog(common.settings())
            let archive = try await knownArchive(reference, in: catalog)
            try await catalog.setTakesBinaries(state.isOn, of: archive)
            print("\(archive.reference) takes \(state.isOn ? "packages and sources" : "sources only") from people.")
        }
    }
}
