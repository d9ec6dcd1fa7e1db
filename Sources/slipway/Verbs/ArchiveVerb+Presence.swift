internal import ArchiveModel
internal import ArgumentParser
internal import Catalog
internal import Publisher

/// As the actions of signed commands do it; its tree is out of sight, or back, when the verb ends.
extension ArchiveVerb {
    struct TakeDown: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "take-down",
            abstract: "Hides a PPA from apt and pages, and keeps all of it.",
            discussion: "It takes and builds nothing meanwhile, and only admins may change it.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "~owner/debian/name.") var reference: String

        func run() async throws { try await set(false, reference, common) }
    }

    struct Restore: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows a PPA again that was taken down, as it was.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "~owner/debian/name.") var reference: String

        func run() async throws { try await set(true, reference, common) }
    }
}

private func set(_ isShown: Bool, _ reference: String, _ common: CommonOptions) async throws {
    let parts = try Parts(try await common.settings())
    let archive = try await knownArchive(reference, in: parts.catalog)
    guard archive.reference.owner != nil else { throw Refusal(.data, "\(reference) is no PPA.") }
    try await refusingConflicts {
        print(try await parts.catalog.setShown(isShown, archive: archive.reference, now: unixTime()))
    }
    _ = try await parts.archivePublisher().publishOnce(archives: [])
}
