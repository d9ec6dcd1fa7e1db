internal import ArchiveModel
internal import Catalog

/// A wish as a verb lists it.
protocol ShownWish: Encodable {
    associatedtype Wanted: Wish
    init(_ wanted: Wanted)

    var archive: String { get }
    var suite: String { get }
    /// "hello 2.10-3 from debian/bookworm"
    var what: String { get }
    /// Those that have failed.
    var attempts: Int64 { get }
    /// Why it has to be tried again; empty: nothing has stood in its way.
    var cause: String { get }
}

extension ShownWish {
    /// All of this kind that wait.
    static func show(_ common: CommonOptions, _ output: OutputOptions) async throws {
        let catalog = try await common.catalog(common.settings())
        let waiting = try await catalog.waitingWishes(Wanted.self).map(Self.init)
        try output.show(waiting) { $0.map(\.line).joined(separator: "\n") }
    }

    private var line: String {
        "\(archive)  \(suite)  \(what)" + (attempts == 0 ? "" : ", tried \(attempts) times")
            + (cause.isEmpty ? "" : ": \(cause)")
    }
}
