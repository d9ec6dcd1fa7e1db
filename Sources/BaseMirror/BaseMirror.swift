public import ArchiveModel
internal import DurableFiles
internal import Subprocess
public import SystemPackage

/// The mirrors of the suites' bases. An apt of our own fetches their indices, a folder for each suite, and verifies them
/// with the keyring that the base's sources name; what did not change is not fetched again.
public struct BaseMirror: Sendable {
    let root: FilePath
    let timeLimit: Duration

    /// - Parameters:
    ///   - root: for indices; may be removed at any time.
    ///   - timeLimit: how long one suite's fetching may take.
    public init(root: FilePath, timeLimit: Duration = .seconds(900)) {
        self.root = root
        self.timeLimit = timeLimit
    }

    /// All sources that the suite's base has now, its updates and security fixes included.
    /// - Parameters:
    ///   - sources: apt sources of the base (deb822 text); empty: those of this machine that serve the suite.
    ///   - body: what is done with them while no other process reads a base: nobody brings in what was read earlier.
    /// - Returns: nil, at once, while another process is at it: `slipway maintain` beside the service reads the same.
    /// - Throws: `BaseMirrorFault`.
    public func reading<Result>(
        _ suite: SuiteName, in distribution: DistributionName, from sources: String = "",
        _ body: (Set<BaseSource>) async throws -> Result
    ) async throws -> Result? {
        let entries = try Self.entries(of: suite, from: sources)
        let settings = try await AptSetting.ofMachine(environment: PrivateApt.environment)
        try Durably.makeFolders(root, sync: .later)
        let lock = try Folder(opening: root)
        guard try lock.lock(waiting: false) else { return nil }
        defer { try? lock.unlock() }
        let apt = try PrivateApt(root.appending("\(distribution)-\(suite)"), settings: settings)
        try apt.write(sources: entries.signed.text(of: "deb-src"))
        try await apt.update(timeLimit: timeLimit)
        return try await body(try await Self.sources(in: apt, of: suite))
    }

    private static func sources(in apt: PrivateApt, of suite: SuiteName) async throws -> Set<BaseSource> {
        let indices = try await apt.indices()
        guard !indices.isEmpty else { throw BaseMirrorFault("The base of \(suite) has no index of sources.") }
        return try indices.reduce(into: []) { found, index in
            try SourcesIndex.read(index.file, component: index.component) { found.insert($0) }
        }
    }

    static func entries(of suite: SuiteName, from sources: String) throws -> AptSources {
        let entries = sources.isEmpty ? try AptSources(ofMachine: "/etc/apt").serving(suite) : AptSources(sources)
        guard !entries.entries.isEmpty else {
            throw BaseMirrorFault("No apt sources serve \(suite): give it URIs in its file of distributions.d.")
        }
        return entries
    }
}
