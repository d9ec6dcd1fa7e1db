/// The `.sources` file of an archive, with all that it depends on: each paragraph has a key of its own, which counts for
/// nothing else. Comments say what apt cannot (sources.list(5)).
public struct SourcesFile: Hashable, Sendable, CustomStringConvertible {
    /// Ends with a line feed.
    public let description: String

    /// - Parameters:
    ///   - texts: the archive's own first.
    ///   - missing: archives that it depends on and that are taken down or deleted.
    ///   - breaks: archives that are not to be used together with it.
    public init(_ texts: [SourcesText], missing: [ArchiveReference] = [], breaks: [ArchiveReference] = []) {
        let comments =
            breaks.map { "# Not to be used together with \($0).\n" }
            + missing.map { "# It depends on \($0), which is not there at present.\n" }
        description =
            (comments.isEmpty ? "" : comments.joined() + "\n") + texts.map(\.description).joined(separator: "\n")
    }
}
