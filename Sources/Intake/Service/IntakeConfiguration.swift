public import ArchiveModel
public import Catalog
internal import DebianControl
public import OpenPGP
public import SystemPackage

/// Where the intake works, how long it waits, and how much it takes.
public struct IntakeConfiguration: Sendable {
    /// The folder the gateway sees as "/": holds `incoming/`, `landed/` and the verdict socket.
    public var jail: FilePath
    /// Holds `held/` and `kept/`. On the same filesystem as the jail, for sessions move between them by rename.
    public var state: FilePath
    /// Where the web pages are, without a slash at the end: uploads are told `<publicURL>/uploads/<number>`.
    public var publicURL: String
    /// The distribution that an empty path and the older `~owner/archive` mean.
    public var standardDistribution: DistributionName?
    /// The number of the system user by which a door runs that proves who sends (SFTP): its sessions are named after them, and
    /// nobody else makes a folder that it owns. `nil`: there is none.
    public var provingDoor: UInt32?
    /// Is told of our own failures; nobody is when it is nil.
    public var admin: MailAddress?

    /// How often everything is looked at, hint or not.
    public var sweepInterval = Duration.seconds(300)
    /// Judgements at a time; nil: one a core, as digests and signatures keep a core busy.
    public var judgementsAtOnce: Int?
    /// Connections to the verdict socket at a time: one for each session the gateway may have.
    public var connections = 512

    /// Seconds that an upload waits for missing files: the resuming of a cut-off transfer happens the same day.
    public var incompletePatience: Int64 = 86_400
    /// How often an upload that waits is judged again as soon as something lands for its path, and the seconds between two
    /// times after that: a broken transfer is resumed in two or three sessions, and a stranger may send thousands.
    public var quickWakes: Int64 = 20
    public var wakePause: Int64 = 600
    /// Seconds that the files of rejected uploads stay, so that only what was wrong has to be sent again.
    public var rejectedFilesAge: Int64 = 14 * 86_400
    /// Seconds that files without a `.changes`, and unsigned uploads, stay.
    public var straysAge: Int64 = 86_400
    /// Seconds after which a signature is too old to act: a `.changes` found on the net is not sent in again years later.
    public var signatureAge: Int64 = 365 * 86_400
    /// How much gpg is given of upstream's keys and signatures that a source ships.
    public var upstream = UpstreamLimits()
    /// Seconds that the receipt of an upload nobody is proven to have sent stays, and how many there may be: strangers
    /// cause any number of them.
    public var ignoredReceiptsAge: Int64 = 14 * 86_400
    public var ignoredReceipts: Int64 = 100_000
    /// Letters to one person in a day about uploads that were refused or wait. Who has a text that somebody signed, and
    /// many lists show them, can send it here as often as they like; more is told in the session and on the pages only.
    public var refusalLettersADay: Int64 = 50
    /// Files and sessions in `kept/`; the oldest leave first. Small ones, too, take an inode each, and every session is
    /// looked at in every sweep.
    public var keptFiles = 200_000
    public var keptSessions = 5000
    /// Bytes in `kept/`; the oldest leave first. Room for some hundred uploads of the largest packages.
    public var keptSize: Int64 = 50 << 30
    /// Sessions in `held/` and `kept/` that are searched for a missing file, the newest first.
    public var sessionsSearched = 1000
    /// Bytes of the state's disk that stay free when uploads are copied: the catalog, builds and the gateway need some. Below
    /// that, uploads wait as `failed`.
    public var freeDisk: Int64 = 1 << 30
    /// Files that one `.changes` and its `.dsc` may list together, each looked for: the largest real ones have a few hundred.
    public var filesPerUpload = 2000
    /// Findings that a verdict shows; of a hostile upload nobody reads thousands.
    public var findingsShown = 200
    /// Seconds before a failed judgement of ours is tried again; doubled each time up to `longestRetryPause`.
    public var firstRetryPause: Int64 = 60
    public var longestRetryPause: Int64 = 6 * 3600

    /// How much may wait.
    public var waiting = WaitingLimits()
    /// How much archives may have in their pools.
    public var quotas = QuotaRule()

    public init(
        jail: FilePath, state: FilePath, publicURL: String, standardDistribution: DistributionName? = nil,
        admin: MailAddress? = nil
    ) {
        self.jail = jail
        self.state = state
        self.publicURL = publicURL
        self.standardDistribution = standardDistribution
        self.admin = admin
    }

    func page(ofUpload number: Int64) -> String { "\(publicURL)/uploads/\(number)" }

    func receipts(ofSession name: FileName) -> String { "\(publicURL)/sessions/\(name)" }

    /// - Parameter attempts: how often it has failed so far.
    func retryPause(after attempts: Int64) -> Int64 {
        let doublings = min(max(attempts - 1, 0), 30)
        return min(firstRetryPause << doublings, longestRetryPause)
    }
}
