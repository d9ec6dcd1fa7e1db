internal import ArchiveModel
internal import ArgumentParser
internal import Catalog
internal import DebianControl

extension ArchiveVerb {
    struct Rebuilds: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists sources that wait to be made once more, under a version of their own.",
            discussion: "The service makes them, and so do: slipway process, slipway maintain")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: OutputOptions

        func run() async throws { try await ShownRebuild.show(common, output) }
    }
}

/// A source that waits, as printed.
private struct ShownRebuild: ShownWish {
    let archive: String
    let suite: String
    let source: String
    /// What it is made of, and what it becomes.
    let former: String
    let version: String
    let reason: String
    let attempts: Int64
    let cause: String

    init(_ wanted: WantedSourceRebuild) {
        (archive, suite) = (wanted.archive.reference.description, wanted.suite.name.text)
        (source, former) = (wanted.former.name.description, wanted.former.version.description)
        (version, reason) = (wanted.version.description, wanted.reason)
        (attempts, cause) = (wanted.history.attempts, wanted.history.said)
    }

    var what: String { "\(source) \(former) as \(version)" }
}
