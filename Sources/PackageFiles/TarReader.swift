internal import CLibArchive
internal import DurableFiles
internal import SystemPackage

/// Goes through the tar archive in one part of a package, in place: nothing is unpacked to the disk. For one thread.
final class TarReader {
    private let archive: OpaquePointer
    private let source: PartSource
    private let part: String
    private let limits: DebLimits
    private let unpackedLimit: Int64
    private var unpacked: Int64 = 0
    private var members = 0

    init(
        _ part: DebParts.Part, of parts: DebParts, named stem: String, known: Set<PartCompression>,
        unpackedLimit: Int64,
        _ limits: DebLimits
    ) throws {
        let ending = String(part.name.dropFirst(stem.count))
        guard let compression = PartCompression(rawValue: ending), known.contains(compression) else {
            throw DebFileMistake.unknownCompression(part: part.name)
        }
        guard let archive = archive_read_new() else { throw FileFailure("read", parts.file.path, .system(.noMemory)) }
        self.archive = archive
        self.part = part.name
        self.limits = limits
        self.unpackedLimit = unpackedLimit
        source = PartSource(part, of: parts)
        archive_read_support_format_tar(archive)
        if compression != .none { archive_read_append_filter(archive, compression.filter) }
        try open()
    }

    deinit { archive_read_free(archive) }

    private func open() throws {
        archive_read_set_callback_data(archive, Unmanaged.passUnretained(source).toOpaque())
        archive_read_set_read_callback(archive) { archive, source, buffer in
            guard let source, let buffer else { return -1 }
            return Unmanaged<PartSource>.fromOpaque(source).takeUnretainedValue().next(buffer, archive)
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
        if let failure = source.failure { throw failure }
        guard code != ARCHIVE_OK else { return }
        let reason = archive_error_string(archive).map { String(cString: $0) } ?? "code \(code)"
        throw DebFileMistake.damaged(part: part, reason: reason)
    }
}

/// Hands the bytes of a part to libarchive, a piece at a time.
private final class PartSource {
    private let parts: DebParts
    private var offset: Int64
    private let end: Int64
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    /// Why the file could not be read: ours to mend, and so kept apart from what libarchive finds wrong.
    private(set) var failure: FileFailure?

    init(_ part: DebParts.Part, of parts: DebParts) {
        self.parts = parts
        offset = part.offset
        end = part.offset + part.size
    }

    deinit { buffer.deallocate() }

    func next(_ result: UnsafeMutablePointer<UnsafeRawPointer?>, _ archive: OpaquePointer?) -> Int {
        let wanted = Int(min(Int64(buffer.count), end - offset))
        do {
            let count = try parts.file.read(
                into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]), at: offset)
            offset += Int64(count)
            result.pointee = UnsafeRawPointer(buffer.baseAddress)
            return count
        } catch {
            failure = error
            return -1
        }
    }
}
