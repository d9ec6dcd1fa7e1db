public import ArchiveModel
public import Catalog

/// What the web part is told by the settings.
public struct WebConfiguration: Sendable {
    /// The address it listens on. Another web server in front (TLS) reaches it here.
    public var address = "127.0.0.1"
    /// 0 takes any free port.
    public var port = 8080
    /// The service's name, in titles.
    public var host: String
    /// Where people and apt reach the pages.
    public var addresses: ArchiveAddresses
    /// What external archives ask of whoever makes one; nil where nobody may.
    public var terms: (inForce: TermsOfUse, text: String)?
    /// Where uploads go, as the page of an archive shows it: `ppa.example.org`, with `:port` unless it is 21.
    public var uploadHost: String
    /// Open connections: a page needs one for a moment, an apt client one or two for a minute.
    public var connectionLimit = 2000
    /// How long a connection may be silent before it is closed: apt keeps one open between its files.
    public var idleTimeout = Duration.seconds(60)
    /// All the header lines of a request together, in bytes: browsers and apt send a few hundred.
    public var headerLimit = 16 << 10
    /// Packages on one page of an archive, and archives on one page of the list.
    public var rowsPerPage = 200
    /// The newest uploads on an archive's page, and the receipts shown for one file or session.
    public var uploadsShown = 20
    /// How much archives may have: their pages say it.
    public var quotas = QuotaRule()
    /// How long an archive's public key is kept before gpg is asked again: a prolonged key is served within this time.
    public var keyLifetime = Duration.seconds(300)

    /// - Parameter publicURL: without a slash at the end: `https://ppa.example.org`.
    public init(host: String, publicURL: String, uploadHost: String) {
        self.host = host
        addresses = ArchiveAddresses(url: publicURL)
        self.uploadHost = uploadHost
    }
}
