/// The commands a session knows: a closed list, with arguments only where they change something.
public enum FTPCommand: Equatable, Sendable {
    case user, pass, account, reinitialize
    case changeFolder(String), changeToParent, printFolder, makeFolder(String), removeFolder(String)
    /// Files are stored byte by byte in every representation, so only whether it exists counts (RFC 959, 3.1.1).
    case type(isKnown: Bool)
    /// Stream mode is the only one (3.4).
    case mode(isStream: Bool)
    /// File structure is the only one (3.1.2).
    case structure(isFile: Bool)
    case passive, extendedPassive(ExtendedPassive), active(Active)
    case store(String), append(String), storeUnique
    /// Bytes to skip; nil for what is no number (RFC 3659, 5).
    case restart(Int64?)
    case abort
    case list(String, Listing)
    case facts(String), size(String), modificationTime(String)
    /// nil for what is no time.
    case setModificationTime(FTPTime?, String)
    case delete(String), renameFrom(String), renameTo(String)
    /// With an argument, a listing over the control connection (RFC 959, 4.1.3).
    case status(String?)
    case system, features, help, siteHelp, allocate, noop, quit
    case options(Option)
    case security(Security)
    case notOffered(NotOffered)
    /// A verb not known here, or none.
    case unknown
    /// A control character, or no UTF-8.
    case unreadable

    /// The argument of `EPSV` (RFC 2428, 3).
    public enum ExtendedPassive: Equatable, Sendable {
        case any, ipv4, ipv6, all, unknown
    }

    /// The argument of `PORT` and `EPRT`.
    public enum Active: Equatable, Sendable {
        case to(DataAddress), unknownNetwork, unreadable
    }

    /// `LIST`, `NLST` and `MLSD`.
    public enum Listing: Equatable, Sendable {
        case long, names, facts
    }

    /// The argument of `OPTS` (RFC 2389, 4).
    public enum Option: Equatable, Sendable {
        case utf8, facts(String), unknown
    }

    /// Verbs of RFC 959, 1639, 2228, 2640, 3659 and 7151 that this service refuses by name: it only takes uploads.
    public enum NotOffered: String, CaseIterable, Sendable {
        case ADAT, AUTH, CCC, CONF, ENC, HOST, LANG, LPRT, LPSV, MFF, MIC, PBSZ, PROT, RETR, SITE, SMNT
    }
}
