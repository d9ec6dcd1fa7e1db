internal import CLibArchive
internal import Glibc

/// A tarball or a compressed file, read with libarchive from an open descriptor; nothing is written. For one thread.
final class ArchiveFile {
    /// It is not what its name says, or ends too early; in libarchive's words.
    struct Damage: Error {
        let reason: String
    }

    enum Format { case tar, singleFile }

    let archive: OpaquePointer
    /// What it is read from, when that is another one.
    private let outer: ArchiveFile?
    private static let blockSize = 64 << 10

    init(_ descriptor: CInt, as format: Format) throws(Damage) {
        guard let archive = archive_read_new() else { throw Damage(reason: "there is no memory for it") }
        self.archive = archive
        outer = nil
        archive_read_support_filter_gzip(archive)
        archive_read_support_filter_bzip2(archive)
        archive_read_support_filter_xz(archive)
        archive_read_support_filter_lzma(archive)
        switch format {
        case .tar: archive_read_support_format_tar(archive)
        case .singleFile: archive_read_support_format_raw(archive)
        }
        try check(archive_read_open_fd(archive, descriptor, Self.blockSize))
    }

    /// The tarball that the current member of `outer` is.
    init(within outer: ArchiveFile) throws(Damage) {
        guard let archive = archive_read_new() else { throw Damage(reason: "there is no memory for it") }
        self.archive = archive
        self.outer = outer
        archive_read_support_format_tar(archive)
        let read:
            @convention(c) (OpaquePointer?, UnsafeMutableRawPointer?, UnsafeMutablePointer<UnsafeRawPointer?>?) -> Int =
                { _, outer, start in
                    guard let outer, let start else { return -1 }
                    let archive = Unmanaged<ArchiveFile>.fromOpaque(outer).takeUnretainedValue()
                    do {
                        guard let piece = try archive.nextPiece() else { return 0 }
                        start.pointee = piece.bytes.baseAddress
                        return piece.bytes.count
                    } catch {
                        return -1
                    }
                }
        try check(archive_read_open(archive, Unmanaged.passUnretained(outer).toOpaque(), nil, read, nil))
    }

    deinit { archive_read_free(archive) }

    /// The next member, or nil after the last. Stepping over a member unpacks it.
    func next() throws(Damage) -> ArchiveMember? {
        var entry: OpaquePointer?
        let code = archive_read_next_header(archive, &entry)
        if code == ARCHIVE_EOF { return nil }
        try check(code)
        return entry.map { ArchiveMember($0) }
    }

    /// How many bytes the current member has, counted no further than `limit` and one block.
    func countBytes(upTo limit: Int64) throws(Damage) -> Int64 {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.blockSize, alignment: 16)
        defer { buffer.deallocate() }
        var total: Int64 = 0
        while total <= limit {
            let count = archive_read_data(archive, buffer.baseAddress, buffer.count)
            try check(CInt(truncatingIfNeeded: min(count, 0)))
            if count == 0 { break }
            total += Int64(count)
        }
        return total
    }

    /// A warning is about a name that cannot be written in UTF-8, and such.
    private func check(_ code: CInt) throws(Damage) {
        guard code != ARCHIVE_OK, code != ARCHIVE_WARN else { return }
        throw Damage(reason: archive_error_string(archive).map { String(cString: $0) } ?? "code \(code)")
    }
}

/// What stands in a tarball, by its header.
struct ArchiveMember: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        case file, folder
        case symbolicLink(to: String)
        /// To another member, by its path.
        case hardLink(to: String)
        /// A named one.
        case pipe
        /// A device or a socket.
        case special
    }

    let path: String
    let kind: Kind
    let size: Int64

    init(path: String, kind: Kind, size: Int64) {
        self.path = path
        self.kind = kind
        self.size = size
    }

    init(_ entry: OpaquePointer) {
        path = Self.text(archive_entry_pathname(entry))
        kind = Self.kind(of: entry)
        size = archive_entry_size_is_set(entry) != 0 ? archive_entry_size(entry) : 0
    }

    private static func kind(of entry: OpaquePointer) -> Kind {
        if let target = archive_entry_hardlink(entry) { return .hardLink(to: text(target)) }
        switch UInt32(archive_entry_filetype(entry)) {
        case 0o100000: return .file
        case 0o040000: return .folder
        case 0o010000: return .pipe
        case 0o120000: return .symbolicLink(to: text(archive_entry_symlink(entry)))
        default: return .special
        }
    }

    private static func text(_ raw: UnsafePointer<CChar>?) -> String {
        raw.map { String(cString: $0) } ?? "\u{FFFD}"
    }
}
