public import ArchiveModel
public import DebianControl
internal import Glibc
public import SystemPackage

/// What the builder may do, where it works, and for how long.
public struct BuilderConfiguration: Sendable {
    /// `builds/<id>/log`, and results on their way out. On the filesystem of `landed`, as they leave by one rename.
    public var builds: FilePath
    /// Where finished uploads lie for the intake.
    public var landed: FilePath
    /// Chroot tarballs, `<suite>-<architecture>.tar.zst`.
    public var chroots: FilePath
    /// Scratch folders and unpacked chroots: some 500 MB and what the package needs. Every folder above it has to be open to
    /// everybody (`o+x`), as the root of a build's user namespace is nobody of this machine; state folders often are not.
    public var work: FilePath

    /// Where builds read the published archives from: `http://127.0.0.1:8080` or `file:///var/lib/slipway/archives`, to
    /// which `/~alice/debian/tools` is added. `nil`: build dependencies come from the base suite alone.
    public var archives: String?
    /// The same for external archives; `nil`: with the others.
    public var external: String?

    /// This worker's name in the catalog. A worker that starts takes the builds of its name for those of its dead
    /// predecessor, so no two that run at a time may share one.
    public var worker: String
    /// What this machine can build, best its own first: amd64 machines also run i386.
    public var architectures: [Architecture]
    /// The user sbuild runs as, when the service itself is root (a container, a test); else it runs as the service's own.
    public var buildUser: String?
    /// Who is said to have written the changelog entries of rebuilds: a name and an address.
    public var author = "Slipway <slipway@localhost>"
    /// Whom failures of the machine are told.
    public var admin: MailAddress?

    /// The longest a build may take: the slowest packages of Debian need a day, a PPA's seldom more than an hour.
    public var timeLimit = Duration.seconds(6 * 3600)
    /// The largest log, in bytes: Debian's longest have some 100 MB.
    public var logLimit: Int64 = 256 << 20
    /// The most bytes of a result: a whole desktop with debug symbols stays below it.
    public var resultLimit: Int64 = 16 << 30
    /// Free bytes in `work` and `builds` without which no build is begun: an unpacked chroot and something to build in.
    public var freeSpace: Int64 = 2 << 30
    /// How long the builder has a build without a sign of life. A crash costs this much before another worker takes it.
    public var lease = Duration.seconds(300)
    /// How often the lease is extended, which is also how soon a cancelled build ends.
    public var heartbeat = Duration.seconds(15)
    /// How often the catalog is looked at when nobody hints.
    public var sweep = Duration.seconds(60)
    /// How often a build may kill its worker before it counts as failed.
    public var attemptsLimit: Int64 = 3
    /// How long sbuild has to clean up when it is told to end: removing a chroot takes a few seconds.
    public var grace = Duration.seconds(30)
    /// How long a suite and architecture rest when the machine could not build for them; it doubles each time …
    public var pause = Duration.seconds(60)
    /// … up to this.
    public var longestPause = Duration.seconds(3600)

    /// What the names of this worker's scratch folders begin with, and those of no other worker.
    var folderPrefix: String { worker.map { $0 == "/" ? "_" : String($0) }.joined() + "@" }

    /// - Parameter state: the service's folder; `builds`, `chroots` and `jail/landed` are in it.
    public init(state: FilePath, worker: String, architectures: [Architecture]) {
        builds = state.appending("builds")
        chroots = state.appending("chroots")
        landed = state.appending("jail").appending("landed")
        work = FilePath("/var/tmp/slipway-\(geteuid())")
        self.worker = worker
        self.architectures = architectures
    }
}
