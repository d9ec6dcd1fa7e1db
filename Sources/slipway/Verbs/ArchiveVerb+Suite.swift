internal import ArchiveModel
internal import ArgumentParser
internal import Catalog

extension ArchiveVerb {
    struct Suite: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Opens, freezes or closes an archive's suite: what comes for a frozen one waits for an admin.",
            discussion: "Said here, or in a command of an admin, it is for admins to change.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "debian, or ~owner/debian/name.") var reference: String
        @Argument(help: "One of its suites.") var suite: String
        @Argument(help: "open, frozen or closed.") var state: String

        func run() async throws {
            guard let state = SuiteState(rawValue: state) else {
                throw Refusal.unreadable("a state of suites", state, rule: "open, frozen or closed")
            }
            let catalog = try await common.catalog(common.settings())
            let archive = try await knownArchive(reference, in: catalog)
            guard let suite = SuiteName(suite).flatMap({ archive.suite($0) }) else {
                let names = archive.suites.map(\.name.text).joined(separator: ", ")
                throw Refusal(.noSuch, "\(archive.reference) has no suite \(self.suite); it has \(names).")
            }
            try await catalog.setState(state, of: suite)
            try await catalog.say("\(suite.name) of \(archive.reference) is \(state.rawValue).", of: archive)
        }
    }
}
