internal import CLibArchive
internal import Glibc

/// When a member was modified, since 1970.
struct MemberTime {
    let seconds: Int
    let nanoseconds: Int
}

/// What unpacking takes; looking through needs none of it.
extension ArchiveFile {
    enum Compression: Equatable {
        case gzip, bzip2, xz, other
    }

    /// A member of which libarchive knows no more than we do.
    struct PlainMember {
        let member: ArchiveMember
        let mode: mode_t
        let modified: MemberTime
    }

    /// Those that are undone, after the first header was read.
    var compressions: [Compression] {
        // The last one is the file itself.
        (0..<max(0, archive_filter_count(archive) - 1)).map { index in
            switch archive_filter_code(archive, index) {
            case ARCHIVE_FILTER_GZIP: .gzip
            case ARCHIVE_FILTER_BZIP2: .bzip2
            case ARCHIVE_FILTER_XZ: .xz
            default: .other
            }
        }
    }

    /// Bytes of the file that were looked at. What stands behind a compressed stream is not.
    var bytesRead: Int64 { archive_filter_bytes(archive, -1) }

    /// Reads the rest: a decompressor tells only at the end whether the sums are right.
    func finish() throws {
        while try nextPiece() != nil {}
    }

    /// The next bytes of the current member; `nil` at its end. They stay until the next call.
    func nextPiece() throws -> (bytes: UnsafeRawBufferPointer, offset: Int64)? {
        var start: UnsafeRawPointer?
        var count = 0
        var offset: Int64 = 0
        let code = archive_read_data_block(archive, &start, &count, &offset)
        if code == ARCHIVE_EOF { return nil }
        guard code == ARCHIVE_OK else { throw PlainTarball.NotPlain() }
        return (UnsafeRawBufferPointer(start: start, count: count), offset)
    }

    func copyData(to descriptor: CInt) throws {
        while let (bytes, offset) = try nextPiece() {
            var done = 0
            while done < bytes.count {
                let count = pwrite(
                    descriptor, bytes.baseAddress! + done, bytes.count - done, off_t(offset) + off_t(done))
                guard count > 0 else { throw PlainTarball.NotPlain() }
                done += count
            }
        }
    }

    /// As `next`, and throws where libarchive had a doubt, or the member is more than a name, rights, a time and bytes.
    func nextPlain() throws -> PlainMember? {
        var entry: OpaquePointer?
        let code = archive_read_next_header(archive, &entry)
        if code == ARCHIVE_EOF { return nil }
        guard code == ARCHIVE_OK, let entry, archive_entry_sparse_count(entry) == 0,
            let path = archive_entry_pathname(entry), String(validatingCString: path) != nil
        else { throw PlainTarball.NotPlain() }
        let member = ArchiveMember(entry)
        guard member.kind == .file || member.size == 0, ![.pipe, .special].contains(member.kind),
            Self.isText(linkOf: entry)
        else { throw PlainTarball.NotPlain() }
        let modified = MemberTime(
            seconds: archive_entry_mtime(entry), nanoseconds: archive_entry_mtime_nsec(entry))
        return PlainMember(member: member, mode: mode_t(archive_entry_perm(entry)), modified: modified)
    }

    private static func isText(linkOf entry: OpaquePointer) -> Bool {
        [archive_entry_symlink(entry), archive_entry_hardlink(entry)].compactMap { $0 }
            .allSatisfy { String(validatingCString: $0) != nil }
    }
}
