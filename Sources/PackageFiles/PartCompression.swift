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

    /// Of a part by its name, "control.tar.xz" for the stem "control.tar".
    init(of part: String, stem: String, known: Set<PartCompression>) throws(DebFileMistake) {
        guard let named = PartCompression(rawValue: String(part.dropFirst(stem.count))), known.contains(named) else {
            throw .unknownCompression(part: part)
        }
        self = named
    }

    /// What libarchive undoes, exactly as the name says: left to itself it would also unpack what is packed twice, and
    /// dpkg would not. `XZSource` undoes the others.
    var filter: CInt? {
        switch self {
        case .none, .xz, .lzma: nil
        case .gzip: ARCHIVE_FILTER_GZIP
        case .zstd: ARCHIVE_FILTER_ZSTD
        case .bzip2: ARCHIVE_FILTER_BZIP2
        }
    }
}
