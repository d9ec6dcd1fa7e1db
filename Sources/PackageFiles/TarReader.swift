internal import CLibArchive
internal import DurableFiles
internal import SystemPackage

/// Goes through the tar archive in one part of a package, in place: nothing is unpacked to the disk. For one thread.
final class TarReader {
    private let archive: OpaquePointer
    private let feed: Feed
    private let part: String
    private let limits: DebLimits
    private let unpackedLimit: Int64
    private var unpacked: Int64 = 0
    private var members = 0

    init(_ part: DebParts.Part, of parts: DebParts, unpackedLimit: Int64, _ limits: DebLimits) throws {
        feed = Feed(try part.source(of: parts, limits))
        guard let archive = archive_read_new() else { throw FileFailure("read", parts.file.path, .system(.noMemory)) }
        self.archive = archive
        self.part = part.name
        self.limits = limits
        self.unpackedLimit = unpackedLimit
        archive_read_support_format_tar(archive)
        if let filter = part.compression.filter { archive_read_append_filter(archive, filter) }
        try open()
    }

    deinit { archive_read_free(archive) }

    private func open() throws {
        archive_read_set_callback_data(archive, Unmanaged.passUnretained(feed).toOpaque())
        archive_read_set_read_callback(archive) { _, feed, buffer in
            guard let feed, let buffer else { return -1 }
            return Unmanaged<Feed>.fromOpaque(feed).takeUnretainedValue().next(buffer)
        }
        try check(archive_read_open1(archive))
    }

    /// The next member, or nil after the last.
    func next() throws -> DebFile.Member? {
        var entry: OpaquePointer?
        let code = archive_read_next_header(archive, &entry)
        if code == ARCHIVE_EOF { return nil }
        try check(code)
        guard let entry, archive_format(archive) != ARCHIVE_FORMAT_TAR_PAX_INTERCHANGE,
            archive_format(archive) != ARCHIVE_FORMAT_TAR_PAX_RESTRICTED
        else { throw DebFileMistake.unsupportedTar(part: part) }
        let member = try DebFile.Member(entry, part: part, pathLimit: limits.path)
        try count(member)
        return member
    }

    /// Sizes are counted before the bytes are unpacked, as stepping over a member unpacks it too.
    private func count(_ member: DebFile.Member) throws(DebFileMistake) {
        members += 1
        guard members <= limits.members else { throw .tooLarge(what: "members", limit: Int64(limits.members)) }
        guard member.size >= 0, member.size <= unpackedLimit - unpacked else {
            throw .tooLarge(what: "bytes in \(part)", limit: unpackedLimit)
        }
        unpacked += member.size
    }

    /// The bytes of the member that `next` returned last.
    func bytes(of member: DebFile.Member) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Int(member.size))
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { buffer in
                archive_read_data(archive, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
            }
            try check(CInt(truncatingIfNeeded: min(count, 0)))
            guard count > 0 else { throw DebFileMistake.truncated(part: part) }
            filled += count
        }
        return bytes
    }

    private func check(_ code: CInt) throws {
        if let failure = feed.failure { throw failure }
        guard code != ARCHIVE_OK else { return }
        let reason = archive_error_string(archive).map { String(cString: $0) } ?? "code \(code)"
        throw DebFileMistake.damaged(part: part, reason: reason)
    }
}

/// Hands the bytes of a part to libarchive, and keeps what goes wrong on the way apart from what libarchive finds
/// wrong.
private final class Feed {
    private let source: any PieceSource
    private(set) var failure: (any Error)?

    init(_ source: any PieceSource) { self.source = source }

    func next(_ result: UnsafeMutablePointer<UnsafeRawPointer?>) -> Int {
        do {
            let piece = try source.next()
            result.pointee = piece.baseAddress
            return piece.count
        } catch {
            failure = error
            return -1
        }
    }
}
