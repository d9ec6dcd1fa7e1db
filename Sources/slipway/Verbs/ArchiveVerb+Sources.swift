internal import ArchiveModel
internal import ArgumentParser
internal import Catalog
internal import OpenPGP

extension ArchiveVerb {
    struct Sources: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints what a user of an archive gives apt: the archive and what it depends on, with their keys."
        )
        @OptionGroup var common: CommonOptions
        @Argument(help: "debian, or ~owner/debian/name.") var reference: String

        func run() async throws {
            let settings = try await common.settings()
            let catalog = try common.catalog(settings)
            let archive = try await knownArchive(reference, in: catalog)
            guard archive.presence == .shown else {
                throw Refusal(.noSuch, "\(archive.reference) is \(archive.presence.rawValue).")
            }
            let keys = try SigningKeys(home: settings.state.keys)
            let file = try await catalog.sourcesFile(of: archive, addresses: settings.addresses) {
                String(decoding: try await keys.exportPublic($0, armored: true), as: UTF8.self)
            }
            print(file.description, terminator: "")
        }
    }
}
