internal import CLibArchive

/// The compressions that dpkg 1.21.18 and later unpack (deb(5)).
enum PartCompression: String {
    case none = ""
    case gzip = ".gz"
    case xz = ".xz"
    case zstd = ".zst"
    case bzip2 = ".bz2"
    case lzma = ".lzma"

    /// dpkg takes fewer for the control archive.
    static let ofControl: Set<PartCompression> = [.none, .gzip, .xz, .zstd]
    static let ofData: Set<PartCompression> = [.none, .gzip, .xz, .zstd, .bzip2, .lzma]

    /// Exactly the one that the name says: left to itself libarchive would also unpack what is packed twice, and dpkg would not.
    var filter: CInt {
        switch self {
        case .none: ARCHIVE_FILTER_NONE
        case .gzip: ARCHIVE_FILTER_GZIP
        case .xz: ARCHIVE_FILTER_XZ
        case .zstd: ARCHIVE_FILTER_ZSTD
        case .bzip2: ARCHIVE_FILTER_BZIP2
        case .lzma: ARCHIVE_FILTER_LZMA
        }
    }
}
