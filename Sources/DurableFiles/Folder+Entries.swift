internal import Glibc
public import SystemPackage

extension Folder {
    /// One name in a folder and what stands there (not followed, when it is a link).
    public struct Entry: Hashable, Sendable {
        /// A name that is not UTF-8 has U+FFFD in it here, and then opens nothing.
        public let name: String
        public let type: FileType
    }

    /// What the folder holds, sorted by name; "." and ".." are left out.
    public func entries() throws(FileFailure) -> [Entry] {
        var found: [Entry] = []
        for name in try names() {
            guard let status = try status(ofName: name) else { continue }  // it went away meanwhile
            found.append(Entry(name: name.text, type: status.type))
        }
        return found.sorted { $0.name < $1.name }
    }

    /// What stands at `relative` (not followed, when it is a link), or nil when nothing does.
    public func status(of relative: String) throws(FileFailure) -> Stat? {
        do {
            let (parent, name) = try parent(of: relative)
            return try parent.status(ofName: name.utf8CString.map { $0 })
        } catch  where error.isMissing {
            return nil
        }
    }

    func status(ofName name: [CChar]) throws(FileFailure) -> Stat? {
        var found = stat()
        do {
            try systemCall("look at", child(name)) { fstatat(number, name, &found, AT_SYMLINK_NOFOLLOW) }
            return Stat(rawValue: found)
        } catch  where error.isMissing {
            return nil
        }
    }

    /// The names as they are on the disk: any bytes but "/" and NUL, with a NUL at the end.
    func names() throws(FileFailure) -> [[CChar]] {
        let listing = try open(".", O_RDONLY | O_DIRECTORY).release()
        guard let stream = fdopendir(listing.rawValue) else {
            try? listing.close()
            throw FileFailure("list", path, .system(Errno(rawValue: errno)))
        }
        defer { closedir(stream) }
        var names: [[CChar]] = []
        while let name = try nextName(in: stream) {
            if !name.isOwnOrParent { names.append(name) }
        }
        return names
    }

    private func nextName(in stream: OpaquePointer) throws(FileFailure) -> [CChar]? {
        errno = 0
        guard let entry = readdir(stream), let offset = MemoryLayout<dirent>.offset(of: \.d_name) else {
            guard errno == 0 else { throw FileFailure("list", path, .system(Errno(rawValue: errno))) }
            return nil
        }
        // Not entry.pointee.d_name: that would copy 256 bytes, and the record may be shorter.
        let start = (UnsafeRawPointer(entry) + offset).assumingMemoryBound(to: CChar.self)
        return Array(UnsafeBufferPointer(start: start, count: strlen(start) + 1))
    }

    func child(_ name: [CChar]) -> FilePath { path.appending(FilePath(platformString: name).components) }
}

extension [CChar] {
    fileprivate var isOwnOrParent: Bool {
        let dot = CChar(bitPattern: UInt8(ascii: "."))
        return self == [dot, 0] || self == [dot, dot, 0]
    }

    fileprivate var text: String { String(decoding: dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self) }
}
