/// The `.sources` file an apt user puts into `/etc/apt/sources.list.d`: the archive's address and its public key in one
/// text (sources.list(5), deb822 style), so that adding an archive is one step and the key counts for nothing else.
///
/// Keys inside `Signed-By` are read by apt 2.3.10 and later: Debian 12, Ubuntu 22.04.
public struct SourcesText: Hashable, Sendable, CustomStringConvertible {
    /// Ends with a line feed.
    public let description: String

    /// - Parameters:
    ///   - address: of the folder that holds `dists` and `pool`: `https://ppa.example.org/~alice/debian/tools`.
    ///   - armoredKey: the archive's public key as `gpg --armor --export` writes it.
    public init(
        address: String, suites: [SuiteName], components: [ComponentName] = [.main], armoredKey: some StringProtocol
    ) {
        description = """
            Types: deb deb-src
            URIs: \(address)
            Suites: \(suites.map(\.text).joined(separator: " "))
            Components: \(components.map(\.text).joined(separator: " "))
            Signed-By:
            \(Self.folded(armoredKey))

            """
    }

    /// Continuation lines: a blank in front, and ` .` for the empty line between armour header and data.
    private static func folded(_ text: some StringProtocol) -> String {
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.map { $0.isEmpty ? " ." : " \($0)" }.joined(separator: "\n")
    }
}
