internal import ArchiveModel
internal import ArgumentParser
internal import Catalog

extension ArchiveVerb {
    struct Newer: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says what is done about sources that the base has in newer versions.",
            discussion: "tell: its people are told, once a version. delete: and the source leaves. nothing: neither.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "~owner/debian/name.") var reference: String
        @Argument(help: "nothing, tell or delete.") var action: String

        func run() async throws {
            guard let action = NewerInBaseAction(rawValue: action) else {
                throw Refusal.unreadable("an action", action, rule: "nothing, tell or delete")
            }
            let catalog = try await common.catalog(common.settings())
            let archive = try await knownArchive(reference, in: catalog)
            try await catalog.setNewerInBase(action, of: archive)
            print("\(archive.reference): what the base has in a newer version \(action.sentence)")
        }
    }
}

extension NewerInBaseAction {
    /// After "what the base has in a newer version".
    var sentence: String {
        switch self {
        case .nothing: "stays, and nobody is told."
        case .tell: "stays, and its people are told."
        case .delete: "is removed, and its people are told."
        }
    }
}
