internal import ArchiveModel
internal import ArgumentParser
internal import Catalog

extension PersonVerb {
    struct Admin: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lets a person decide, by signed commands, about NEW and everybody's uploads that wait; or not.")
        @OptionGroup var common: CommonOptions
        @Argument var name: String
        @Argument var state: Switch

        func run() async throws {
            let catalog = try await common.catalog(common.settings())
            try await catalog.setAdmin(state.isOn, person: PersonVerb.registered(name, in: catalog))
            print("\(name) is \(state.isOn ? "an admin" : "no admin any more").")
        }
    }
}
