internal import ArchiveModel
internal import ArgumentParser
internal import Catalog

/// What an archive has, or has not.
extension ArchiveVerb {
    struct New: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Has sources and packages that an archive never had wait for its owner or an admin, or not.")
        @OptionGroup var archiveSwitch: ArchiveSwitch

        func run() async throws {
            let (catalog, archive) = try await archiveSwitch.opened()
            try await catalog.setNew(archiveSwitch.state.isOn, of: archive)
            try await catalog.say(
                "What is new in \(archive.reference) "
                    + (archiveSwitch.state.isOn ? "waits in NEW." : "is taken like the rest."), of: archive)
        }
    }

    struct Binaries: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lets people upload packages, and not only sources; or not. What builders make is always taken.")
        @OptionGroup var archiveSwitch: ArchiveSwitch

        func run() async throws {
            let (catalog, archive) = try await archiveSwitch.opened()
            try await catalog.setTakesBinaries(archiveSwitch.state.isOn, of: archive)
            let what = archiveSwitch.state.isOn ? "packages and sources" : "sources only"
            try await catalog.say("\(archive.reference) takes \(what) from people.", of: archive)
        }
    }
}

/// An archive, and `on` or `off`.
struct ArchiveSwitch: ParsableArguments {
    @OptionGroup var common: CommonOptions
    @Argument(help: "debian, or ~owner/debian/name.") var reference: String
    @Argument var state: Switch

    func opened() async throws -> (Catalog, Archive) {
        let catalog = try await common.catalog(common.settings())
        return (catalog, try await knownArchive(reference, in: catalog))
    }
}
