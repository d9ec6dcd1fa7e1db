public import ArchiveModel
public import Catalog
public import SystemPackage

/// What the mailer is told by the settings.
public struct MailerConfiguration: Sendable {
    /// The service's name: right of the `@` in Message-IDs, and in subjects that belong to no archive.
    public var host: String
    public var from: MailAddress
    /// Where the web pages are, those of external archives by their own host name.
    public var addresses: ArchiveAddresses
    /// A folder with templates that take the place of the built-in ones of the same name.
    public var templates: FilePath?
    public var retries = RetryPolicy()
    /// How many mails one person is sent; `nil`: any number.
    public var rate: LetterRate? = .standard
    /// Each mail has an envelope sender of its own, `from` with a detail, by which its bounces are known. Whatever receives
    /// mail for `from` has to take such addresses.
    public var marksBounces = false
    /// As many as a small mail server takes from one client without complaint.
    public var deliveriesAtOnce = 4
    /// How often the outbox is looked at without a hint: letters queued by another process leave within this time.
    public var sweepInterval = Duration.seconds(20)
    /// How long one delivery may take before it counts as failed. A mail server that scans what it takes is slow.
    public var deliveryTimeout = Duration.seconds(60)

    /// - Parameter publicURL: without a slash at the end: `https://ppa.example.org`.
    public init(host: String, from: MailAddress, publicURL: String, templates: FilePath? = nil) {
        self.host = host
        self.from = from
        addresses = ArchiveAddresses(url: publicURL)
        self.templates = templates
    }

    /// How long a letter belongs to the mailer that claimed it: one that died is replaced soon after a delivery of its
    /// would have ended.
    var lease: Duration { deliveryTimeout + .seconds(10) }
}

extension LetterRate {
    /// 60 mails an hour: more than one a minute is more than anybody reads one by one. 50 letters in one mail are some 100 KiB.
    public static let standard = LetterRate(letters: 60)

    /// - Parameter letters: in an hour.
    public init(letters: Int64) { self.init(letters: letters, time: 3600, held: 50) }
}
