internal import ArchiveModel
internal import Catalog
internal import Commands
internal import Intake
internal import Mailer
internal import SourceTree
internal import SystemPackage

/// The configuration of the whole service, as a value. `Settings+ConfigReader.swift` lists the keys of
/// `etc/slipway.yaml`; every one has a default but the few that nobody can guess.
struct Settings: Sendable {
    var state = StateFolder(root: "/var/lib/slipway")
    /// The service's name in the `Archive:` field of commands and in Message-IDs: a host name.
    var name = "localhost"
    /// Where the web pages are seen from outside, without a slash at the end.
    var url = "http://127.0.0.1:8080"
    /// Told of faults of ours; `nil` tells nobody but the log.
    var admin: MailAddress?
    /// What an empty upload path and `~alice/tools` mean.
    var standardDistribution: DistributionName?
    /// Folder of the `*.suites` files that describe distributions and their suites.
    var distributions: FilePath = "/etc/slipway/distributions.d"
    /// Whom `serve` becomes when root starts it.
    var users = Users()
    var gateway = GatewaySettings()
    var web = WebSettings()
    var mail = MailSettings()
    var builder = BuilderSettings()
    var intake = IntakeSettings()
    var lintian = LintianSettings()
    var publisher = PublisherSettings()
    var external = ExternalSettings()
    var maintenance = MaintenanceSettings()
    var logLevel = "info"

    var actionRules: ActionRules {
        var rules = ActionRules()
        (rules.quotas, rules.external) = (quotas, external.rule)
        (rules.keys, rules.limits) = (intake.keys, intake.commandLimits)
        return rules
    }
    var quotas: QuotaRule {
        var quotas = QuotaRule()
        quotas.ofPPAs = intake.quotaInBytes
        quotas.warning = Int64(intake.quotaWarning)
        quotas.ppasEach = intake.ppasEach == 0 ? nil : Int64(intake.ppasEach)
        return quotas
    }

    /// Where archives of each kind are seen from outside.
    var addresses: ArchiveAddresses { ArchiveAddresses(url: url, external: external.url) ?? ArchiveAddresses(url: url) }

    /// Where uploads go, as pages show it: the name, with the gateway's port unless it is FTP's own.
    var uploadHost: String {
        guard let port = gateway.listen.first?.split(separator: ":").last, port != "21" else { return name }
        return "\(name):\(port)"
    }

    struct Users: Sendable {
        var service = "slipway"
        var gateway = "slipway-gateway"
        /// Whom sshd becomes for SFTP sessions; where there is no such user, there is no such door.
        var sftp = "slipway-upload"
    }

    struct GatewaySettings: Sendable {
        /// `HOST:PORT` of the FTP gateway.
        var listen = ["127.0.0.1:2121"]
        /// `HOST:PORT` of the FTP gateway where connections begin with a TLS handshake.
        var listenTLS: [String] = []
        /// Nothing is taken over connections in clear. The certificate is in `tls` in the jail.
        var requireTLS = false
        /// `HOST:PORT` where uploads come by HTTP PUT, from a web server in front.
        var listenHTTP: [String] = []
        /// `HOST:PORT` where they come by HTTPS PUT, without one. The certificate is that of FTPS.
        var listenHTTPS: [String] = []
        /// `FIRST-LAST`: ports of passive data connections; `nil` leaves them to the kernel.
        var passivePorts: String?
        /// The IPv4 address told in reply to PASV, behind an address translation; `nil`: that of the connection.
        var passiveAddress: String?
        /// Whether FTP's active mode (PORT, EPRT) is taken; the gateway may then connect out.
        var activeMode = false
        /// More options of `slipway-gateway`, word by word: its limits, for example.
        var options: [String] = []
        /// Started and watched by `serve`; false where a service manager does that.
        var isStartedByServe = true
    }

    struct WebSettings: Sendable {
        var host = "127.0.0.1"
        var port = 8080
    }

    struct MailSettings: Sendable {
        enum Delivery: String, Sendable { case maildir, sendmail, smtp }
        var delivery = Delivery.maildir
        var from = MailAddress(name: "Slipway", address: "slipway@localhost")!
        var sendmail: FilePath = "/usr/sbin/sendmail"
        var smtp = SMTPSettings()
        /// How many mails one person is sent within an hour; what is above comes together in one. 0 is no limit.
        var lettersAnHour = 60
        /// Seconds before a mail that did not leave is tried again; later pauses double, up to four hours.
        var firstRetry = 60
        /// Seconds of such pauses after which a mail is given up.
        var giveUpAfter = 5 * 86_400
        /// When the admin is told of the last day: an hour of UTC, or -1 for never.
        var digestHour = 6
        /// Whether each mail has an envelope sender of its own, `from` with `+` and a detail, so that its bounces are known.
        var verp = false
        /// Folder of `*.mustache` files that replace the built-in ones of the same name.
        var templates: FilePath?
    }

    /// The mail server of `delivery: smtp`.
    struct SMTPSettings: Sendable {
        var host = "localhost"
        /// 25; 587 for a server that wants a login, 465 for TLS from the first byte on.
        var port = 25
        var tls = SMTPServer.Security.required
        /// The login; `nil`: none.
        var user: String?
        /// Its first line is the password.
        var passwordFile: FilePath?
        /// PEM certificates to trust in place of the system's.
        var certificates: FilePath?
        /// Seconds that one mail may take.
        var timeout = 60
    }

    struct BuilderSettings: Sendable {
        var isEnabled = true
        /// Name the builder is registered by.
        var name = "builder"
        /// Folder of the chroot tarballs; `nil`: `chroots` in the state folder.
        var chroots: FilePath?
        /// Seconds a build may take: a day covers all but the largest packages.
        var timeLimit = 86_400
    }

    struct IntakeSettings: Sendable {
        /// Seconds between sweeps; hints wake it in between.
        var sweepInterval = 300
        /// Seconds an upload may wait for its missing files.
        var incompleteFor = 86_400
        /// Seconds the signature of an upload stays good.
        var signaturesGoodFor = 365 * 86_400
        /// Seconds a command's signature stays good.
        var commandsGoodFor = 86_400
        /// Keys that people add by themselves; `slipway person add-key` does not ask.
        var keys = KeyLimits()
        /// How much one text of commands may ask for.
        var commandLimits = CommandLimits()
        /// Letters to one person in a day about uploads that were refused or wait, and as many about commands.
        var refusalLetters = 50
        /// KiB of the keys that a source ships for upstream's signatures, and of one such signature.
        var upstreamKeys = 256
        var upstreamSignature = 64
        /// MiB that the pool of a PPA may have, unless it has a quota of its own; 0 is no limit.
        var quota = 8192
        var quotaInBytes: Int64? { quota == 0 ? nil : Int64(quota) << 20 }
        /// Percent of an archive's quota above which its owner and its uploaders are told.
        var quotaWarning = 95
        /// PPAs that a person or a team may have; 0 is no limit.
        var ppasEach = 100
        /// How much may wait.
        var waiting = WaitingLimits()
        /// Whether sources are unpacked, by dpkg-source behind walls, and their trees looked at.
        var unpacksSources = true
        /// How much that may take.
        var unpacking = UnpackLimits()
    }

    struct PublisherSettings: Sendable {
        /// Seconds between sweeps; hints wake it in between.
        var sweepInterval = 300
        /// Seconds a file stays in the pool after its last publication ended: clients may be downloading.
        var poolGrace = 86_400
    }

    struct MaintenanceSettings: Sendable {
        /// Seconds between rounds, in which the mirrors of the bases are read; 0 for never.
        var interval = 6 * 3600
        /// Seconds that reading one suite's base may take.
        var mirrorTimeLimit = 900
        /// MiB that one imported source may have, with its packages.
        var importMiB = 4096
        /// Seconds that fetching one of them may take.
        var importTimeLimit = 4 * 3600
        /// How often an import is tried before it is given up.
        var importAttempts = 12
        /// How often it is tried to make a source once more (`rebuild`) before it is given up.
        var rebuildAttempts = 12
        /// Seconds that an import or a rebuild waits for room on the disk before it is given up.
        var roomWait = 7 * 86_400
        /// MiB of memory for each program that makes one.
        var rebuildMemory = Int(UnpackLimits.standard.packingMemory >> 20)
        /// Seconds that a base may fail until it counts as gone, and from then until apt does not see what PPAs have of it.
        var baseGoneAfter = 7 * 86_400
        var baseWithdrawnAfter = 90 * 86_400
        /// Rounds at least that fail before it counts as gone.
        var baseFailedRounds = 8
        /// Seconds that a PPA which follows its distribution's archive waits for a build there until its people are told.
        var baseBuildAfter = 7 * 86_400
        /// Seconds that stored bytes stay which nobody needs: what was stored for nothing, and what deleted archives had.
        var bytesGrace = 14 * 86_400
    }
}

/// A key of the configuration that does not mean anything. Told at start, with its key.
struct ConfigurationMistake: Error, CustomStringConvertible {
    let key: String
    let mistake: String

    var description: String { "\(key): \(mistake)" }
}
