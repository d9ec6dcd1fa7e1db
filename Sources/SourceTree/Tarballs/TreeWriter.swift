internal import Glibc

/// Makes the tree that tar and then dpkg-source's chmod would make of a tarball: rights as the umask has them, whoever may
/// execute a file in the tarball, everybody may.
///
/// It writes only into folders that it has made itself, so it goes through no link. Throws `PlainTarball.NotPlain` for
/// whatever tar would have to think about.
struct TreeWriter: ~Copyable {
    private let root: String
    private var left: Int64
    /// By their paths beneath the root, with the times they are to have in the end.
    private var folders: [String: MemberTime?] = ["": nil]
    private var files: Set<String> = []
    /// What is to be removed again unless it comes to an end, in the order it was made.
    private var made: [String] = []
    private let umask: mode_t

    init(in root: String, upTo limit: Int64) throws {
        self.root = root
        left = limit
        umask = Glibc.umask(0)
        _ = Glibc.umask(umask)
        // Where the owner is not to read what was unpacked, chmod's order of rights matters.
        guard umask & 0o700 == 0, mkdir(root, 0o777) == 0 else { throw PlainTarball.NotPlain() }
        made = [root]
    }

    deinit { for path in made.reversed() { Glibc.remove(path) } }

    mutating func add(
        _ member: ArchiveMember, mode: mode_t, modified: MemberTime, fill: (CInt) throws -> Void
    ) throws {
        let path = MemberPath(member.path)
        // .pc is what dpkg-source tells tar to leave out.
        guard !path.isAbsolute, !path.leaves, !path.names.contains(".pc") else { throw PlainTarball.NotPlain() }
        guard !path.names.isEmpty || member.kind == .folder else { throw PlainTarball.NotPlain() }
        try makeFolders(above: path)
        let name = path.joined
        switch member.kind {
        case .folder: try addFolder(name, modified)
        case .file:
            left -= member.size
            guard left >= 0 else { throw PlainTarball.NotPlain() }
            try addFile(name, isExecutable: mode & ~umask & 0o111 != 0, modified, fill)
        case .symbolicLink(let target): try addLink(name, to: target, modified)
        case .hardLink(let target): try addName(name, of: MemberPath(target))
        case .pipe, .special: throw PlainTarball.NotPlain()
        }
    }

    /// The tree is whole, and stays. Folders get their times now that nothing is written into them any more.
    mutating func finish() throws {
        for (name, modified) in folders {
            guard let modified else { continue }
            try date(name, modified)
        }
        made = []
    }

    private mutating func makeFolders(above path: MemberPath) throws {
        for count in 1..<max(path.names.count, 1) {
            let name = path.names.prefix(count).joined(separator: "/")
            if folders[name] == nil { try make(folder: name) }
        }
    }

    private mutating func addFolder(_ name: String, _ modified: MemberTime) throws {
        if folders[name] == nil { try make(folder: name) }
        folders[name] = modified
    }

    private mutating func make(folder name: String) throws {
        guard mkdir(place(name), 0o777) == 0 else { throw PlainTarball.NotPlain() }
        made.append(place(name))
        folders[name] = .some(nil)
    }

    private mutating func addFile(
        _ name: String, isExecutable: Bool, _ modified: MemberTime, _ fill: (CInt) throws -> Void
    ) throws {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let descriptor = open(place(name), flags, isExecutable ? 0o777 : 0o666)
        guard descriptor >= 0 else { throw PlainTarball.NotPlain() }
        made.append(place(name))
        defer { close(descriptor) }
        try fill(descriptor)
        guard futimens(descriptor, modified.forBoth) == 0 else { throw PlainTarball.NotPlain() }
        files.insert(name)
    }

    private mutating func addLink(_ name: String, to target: String, _ modified: MemberTime) throws {
        guard symlink(target, place(name)) == 0 else { throw PlainTarball.NotPlain() }
        made.append(place(name))
        try date(name, modified)
    }

    /// A hard link to a file that came before.
    private mutating func addName(_ name: String, of target: MemberPath) throws {
        guard !target.isAbsolute, !target.leaves, files.contains(target.joined),
            link(place(target.joined), place(name)) == 0
        else { throw PlainTarball.NotPlain() }
        made.append(place(name))
        files.insert(name)
    }

    private borrowing func date(_ name: String, _ modified: MemberTime) throws {
        guard utimensat(AT_FDCWD, place(name), modified.forBoth, AT_SYMLINK_NOFOLLOW) == 0 else {
            throw PlainTarball.NotPlain()
        }
    }

    private borrowing func place(_ name: String) -> String { name.isEmpty ? root : "\(root)/\(name)" }
}

extension MemberTime {
    /// Of the last reading, and of the last change.
    fileprivate var forBoth: [timespec] {
        [timespec](repeating: timespec(tv_sec: seconds, tv_nsec: nanoseconds), count: 2)
    }
}
