/// The commands a session knows: a closed list, with arguments only where they change something.
public enum FTPCommand: Equatable, Sendable {
    case user, pass
    case changeFolder(String), changeToParent, printFolder, makeFolder(String)
    /// Files are stored byte by byte in every representation, so only whether it exists counts (RFC 959, 3.1.1).
    case type(isKnown: Bool)
    /// Stream mode is the only one (3.4).
    case mode(isStream: Bool)
    /// File structure is the only one (3.1.2).
    case structure(isFile: Bool)
    case passive, extendedPassive(ExtendedPassive)
    case store(String)
    case abort
    case system, features, help, allocate, noop, quit
    /// `OPTS UTF8 ON`, or an option we do not have (RFC 2389, 4).
    case options(isUTF8: Bool)
    case notOffered(NotOffered)
    /// A verb not known here, or none.
    case unknown
    /// A control character, or no UTF-8.
    case unreadable

    /// The argument of `EPSV` (RFC 2428, 3).
    public enum ExtendedPassive: Equatable, Sendable {
        case any, ipv4, ipv6, all, unknown
    }

    /// Verbs of RFC 959, 2228, 2389, 2428 and 3659 that this service refuses by name: it only takes uploads.
    public enum NotOffered: String, CaseIterable, Sendable {
        case ACCT, ADAT, APPE, AUTH, CCC, CONF, DELE, ENC, EPRT, HOST, LANG, LIST, LPRT, LPSV, MDTM, MFF, MFMT, MIC
        case MLSD, MLST, NLST, PBSZ, PORT, PROT, REIN, REST, RETR, RMD, RNFR, RNTO, SITE, SIZE, SMNT, STAT, STOU, XRMD
    }
}
