internal import ArchiveModel
internal import ArgumentParser
internal import Builder
internal import Catalog
internal import DebianControl
internal import Foundation
internal import Glibc
internal import SystemPackage

struct BuildVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build", abstract: "The builds; without a verb it carries out what is wanted.",
        subcommands: [Run.self, List.self, Show.self, Retry.self, Cancel.self, Log.self], defaultSubcommand: Run.self)

    struct Run: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Builds what is wanted, then ends.")
        @OptionGroup var common: CommonOptions
        @Flag(help: "One build only.") var once = false

        func run() async throws {
            let settings = try await common.settings()
            let builder = try await Parts(settings).builder(worker: "\(settings.builder.name)-\(getpid())") {
                LandingHint.sendForResults(settings.state)
            }
            var count = 0
            while try await builder.buildOnce() != nil {
                count += 1
                if once { break }
            }
            print("\(count) builds were carried out.")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the latest builds.")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: OutputOptions
        @Option(help: "How many.") var limit = 50

        func run() async throws {
            let builds = try await common.catalog(common.settings()).builds(limit: limit).map(ShownBuild.init)
            try output.show(builds) { $0.map(\.line).joined(separator: "\n") }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows a build.")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "Its number.") var number: Int64

        func run() async throws {
            guard let build = try await common.catalog(common.settings()).build(number) else { throw noBuild(number) }
            try output.show(ShownBuild(build)) { "\($0.line)\($0.cause.map { "\n  \($0)" } ?? "")" }
        }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Wants a failed or cancelled build again.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "Its number.") var number: Int64

        func run() async throws {
            try await refusingConflicts {
                try await common.catalog(common.settings()).retryBuild(number)
                print("Build \(number) is wanted again.")
            }
        }
    }

    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ends a build that is wanted or running.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "Its number.") var number: Int64

        func run() async throws {
            try await refusingConflicts {
                let catalog = try await common.catalog(common.settings())
                try await catalog.cancelBuild(number, cause: "The admin cancelled it.", now: unixTime())
                print("Build \(number) is cancelled.")
            }
        }
    }

    struct Log: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Prints a build's log, as far as it is written.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "Its number.") var number: Int64

        func run() async throws {
            let path = try await common.settings().state.builds.appending("\(number)").appending("log")
            guard let log = FileManager.default.contents(atPath: path.string) else { throw noBuild(number) }
            FileHandle.standardOutput.write(log)
        }
    }
}

private func noBuild(_ number: Int64) -> Refusal {
    Refusal(.noSuch, "There is no build \(number), or it has no log yet. See: slipway build list")
}

/// A build as printed.
private struct ShownBuild: Encodable {
    let number: Int64
    let state: String
    let archive: String
    let suite: String
    let package: String
    let version: String
    let architecture: String
    let cause: String?

    init(_ build: BuildRecord) {
        number = build.id
        state = build.state.rawValue
        archive = build.archive.description
        suite = build.suite.text
        package = build.package.description
        version = build.packageVersion
        architecture = build.architecture.description
        cause = build.cause
    }

    var line: String { "\(number)  \(state)  \(package) \(version)  \(architecture)  \(archive) \(suite)" }
}
