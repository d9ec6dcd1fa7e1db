internal import ArchiveModel
internal import ArgumentParser
internal import Builder
internal import Catalog
internal import DebianControl
internal import SystemPackage

struct ChrootVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chroot", abstract: "The chroots that builds begin in.", subcommands: [Create.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes the chroot tarball of a suite with mmdebstrap; about a minute.")
        @OptionGroup var common: CommonOptions
        @Flag(help: "Make it only when it is not there.") var ifMissing = false
        @Argument var suite: String
        @Argument var architecture: String

        func run() async throws {
            guard let suite = SuiteName(suite) else { throw Refusal.unreadable("a suite", suite, rule: SuiteKind.rule) }
            guard let architecture = Architecture(architecture) else {
                throw Refusal.unreadable("an architecture", architecture, rule: "as dpkg names them")
            }
            let settings = try await common.settings()
            let parts = try Parts(settings)
            let tarball = ChrootTarball(suite: suite, architecture: architecture)
            let configuration = try parts.builderConfiguration()
            let place = configuration.chroots.appending(tarball.name)
            if ifMissing, Files.exists(place) {
                print("\(place) is there already.")
                return
            }
            let sources = try await parts.catalog.suites().first { $0.name == suite }?.baseSources ?? ""
            do {
                try await tarball.create(baseSources: sources, configuration: configuration) { print($0) }
                print("\(place) is made.")
            } catch let fault as BuilderFault {
                throw Refusal(.unavailable, "\(fault)")
            }
        }
    }
}
