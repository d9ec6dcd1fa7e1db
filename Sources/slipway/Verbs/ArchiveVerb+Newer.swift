internal import ArchiveModel
internal import ArgumentParser
internal import Catalog

extension ArchiveVerb {
    struct Newer: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says what is done about sources that the base has in newer versions.",
            discussion:
                "tell: its people are told, once a version. delete: and the source leaves. update: and the base's version comes. nothing: neither."
        )
        @OptionGroup var common: CommonOptions
        @Argument(help: "~owner/debian/name.") var reference: String
        @Argument(help: "nothing, tell, delete or update.") var action: String

        func run() async throws {
            guard let action = NewerInBaseAction(rawValue: action) else {
                throw Refusal.unreadable("an action", action, rule: "nothing, tell, delete or update")
            }
            let catalog = try await common.catalog(common.settings())
            let archive = try await knownArchive(reference, in: catalog)
            try await catalog.setNewerInBase(action, of: archive)
            try await catalog.say(
                "\(archive.reference): what the base has in a newer version \(action.sentence)", of: archive)
        }
    }
}
