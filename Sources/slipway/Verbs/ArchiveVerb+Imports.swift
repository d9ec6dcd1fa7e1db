internal import ArchiveModel
internal import ArgumentParser
internal import Catalog
internal import DebianControl

extension ArchiveVerb {
    struct Imports: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists what waits to be fetched from the mirrors of bases.",
            discussion: "The service fetches it, and so do: slipway process, slipway maintain")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: OutputOptions

        func run() async throws { try await ShownImport.show(common, output) }
    }
}

/// An import as printed.
private struct ShownImport: ShownWish {
    let archive: String
    let suite: String
    let source: String
    let version: String
    /// Of the base.
    let from: String
    let attempts: Int64
    let cause: String

    init(_ wanted: WantedImport) {
        (archive, suite) = (wanted.archive.reference.description, wanted.suite.name.text)
        (source, version) = (wanted.source.name.description, wanted.source.version.description)
        from = "\(wanted.base.distribution)/\(wanted.base.name)"
        (attempts, cause) = (wanted.history.attempts, wanted.history.said)
    }

    var what: String { "\(source) \(version) from \(from)" }
}
