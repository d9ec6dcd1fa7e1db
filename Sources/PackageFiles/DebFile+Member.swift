internal import CLibArchive

extension DebFile {
    /// A file, folder or link in one of the package's archives.
    public struct Member: Sendable, Hashable {
        public enum Kind: Sendable, Hashable {
            case file, folder
            case symbolicLink(to: String)
            /// To another member, by its path.
            case hardLink(to: String)
            /// A device or a pipe.
            case special
        }

        /// Beneath the root, without "./" in front: "usr/bin/hello". The root itself is ".".
        public let path: String
        public let kind: Kind
        /// In bytes; 0 for anything but a file.
        public let size: Int64
        /// The lower twelve bits: set-id, sticky, rwx.
        public let permissions: UInt16
        /// Seconds since 1970.
        public let modified: Int64
    }
}

extension DebFile.Member {
    init(_ entry: OpaquePointer, part: String, pathLimit: Int64) throws(DebFileMistake) {
        path = try Self.path(archive_entry_pathname(entry), part, pathLimit)
        kind = try Self.kind(of: entry, part, pathLimit)
        size = kind == .file ? archive_entry_size(entry) : 0
        permissions = UInt16(truncatingIfNeeded: archive_entry_mode(entry) & 0o7777)
        modified = Int64(archive_entry_mtime(entry))
    }

    private static func kind(
        of entry: OpaquePointer, _ part: String, _ pathLimit: Int64
    ) throws(DebFileMistake) -> Kind {
        if let target = archive_entry_hardlink(entry) { return .hardLink(to: try path(target, part, pathLimit)) }
        switch UInt32(archive_entry_filetype(entry)) {
        case 0o100000: return .file
        case 0o040000: return .folder
        case 0o120000: return .symbolicLink(to: try text(archive_entry_symlink(entry), part, pathLimit))
        default: return .special
        }
    }

    /// A path beneath the root. An absolute one or one with ".." in it is refused.
    private static func path(
        _ raw: UnsafePointer<CChar>?, _ part: String, _ limit: Int64
    ) throws(DebFileMistake) -> String {
        let whole = try text(raw, part, limit)
        let names = whole.split(separator: "/").filter { $0 != "." }
        guard !whole.hasPrefix("/"), !names.contains("..") else { throw .unsafePath(whole, part: part) }
        return names.isEmpty ? "." : names.joined(separator: "/")
    }

    /// Control characters are refused: a line end would forge lines in an index.
    private static func text(
        _ raw: UnsafePointer<CChar>?, _ part: String, _ limit: Int64
    ) throws(DebFileMistake) -> String {
        guard let raw else { throw .damaged(part: part, reason: "a member has no name") }
        let text = String(cString: raw)
        guard text.utf8.count <= limit else { throw .tooLarge(what: "a path of more bytes", limit: limit) }
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw .unsafePath(text.debugDescription, part: part)
        }
        return text
    }
}
