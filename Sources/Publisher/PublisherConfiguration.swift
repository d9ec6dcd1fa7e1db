public import SystemPackage

/// What the publisher may be told; every value but the folders has a default.
public struct PublisherConfiguration: Sendable {
    /// The folder that web servers show: `<archives>/~alice/debian/tools/{pool,dists}`.
    public var archives: FilePath
    /// The same for external archives, which have a tree and a host name of their own. On one filesystem with the
    /// content store, as is `archives`, so that pools are hard links.
    public var external: FilePath
    /// Where trees of archives go that are taken down or deleted: beside `archives`, on the same filesystem, and seen by
    /// nobody.
    public var withdrawn: FilePath { archives.removingLastComponent().appending("withdrawn") }
    /// `Origin` of every Release file: which service this is, for apt's pinning.
    public var origin = "Slipway"
    /// How often the catalog is asked for waiting suites when no hint comes.
    public var sweepInterval = Duration.seconds(60)
    /// Archives worked on at a time: one core stays free for the intake's verdicts.
    public var archivesAtOnce = 2
    /// The pause after an archive's first failure; it doubles with each further one, up to `longestPause`.
    public var firstPause = Duration.seconds(10)
    public var longestPause = Duration.seconds(3600)
    /// How long an index stays in by-hash once a newer one has taken its place. Longer than the slowest `apt update`
    /// takes, and than a proxy keeps an `InRelease`. Each publication of a large suite adds some ten megabytes.
    public var indexGrace = Duration.seconds(3600)
    /// How long a file stays in the pool once no publication needs it: apt clients fetch by the indices they have,
    /// and fetch those once a day.
    public var poolGrace = Duration.seconds(86_400)
    /// How often pools are looked through for files past their grace.
    public var poolSweepInterval = Duration.seconds(3600)

    public init(archives: FilePath, external: FilePath) {
        self.archives = archives
        self.external = external
    }
}
