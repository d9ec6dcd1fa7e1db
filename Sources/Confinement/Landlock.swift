internal import CLinux
internal import Glibc
public import SystemPackage

/// Landlock(7): what this process, and all it starts, may still do with files, sockets and signals. It needs no root, and
/// cannot be undone.
public enum Landlock {
    /// Numbers of linux/landlock.h; the comment names the version that brought the right.
    private struct FileRights: OptionSet {
        let rawValue: UInt64

        static let execute = FileRights(rawValue: 1 << 0)
        static let writeFile = FileRights(rawValue: 1 << 1)
        static let readFile = FileRights(rawValue: 1 << 2)
        static let readFolder = FileRights(rawValue: 1 << 3)
        static let removeFolder = FileRights(rawValue: 1 << 4)
        static let removeFile = FileRights(rawValue: 1 << 5)
        static let makeFolder = FileRights(rawValue: 1 << 7)
        static let makeFile = FileRights(rawValue: 1 << 8)
        /// A named pipe.
        static let makePipe = FileRights(rawValue: 1 << 10)
        static let makeLink = FileRights(rawValue: 1 << 12)
        /// 2: renames from one folder into another.
        static let moveBetweenFolders = FileRights(rawValue: 1 << 13)
        /// 3
        static let truncate = FileRights(rawValue: 1 << 14)

        /// What reading a certificate or the ban list takes; folders are opened on the way to a file.
        static let reading: FileRights = [.readFile, .readFolder]

        /// Every right that the version knows.
        static func all(in version: CInt) -> FileRights {
            switch version {
            case ...1: FileRights(rawValue: (1 << 13) - 1)
            case 2: FileRights(rawValue: (1 << 14) - 1)
            case 3, 4: FileRights(rawValue: (1 << 15) - 1)
            default: FileRights(rawValue: (1 << 16) - 1)
            }
        }

        /// What receiving files takes: no execution, no links, sockets, pipes or devices.
        static let receiving: FileRights = [
            .writeFile, .readFile, .readFolder, .removeFolder, .removeFile, .makeFolder, .makeFile, .moveBetweenFolders,
            .truncate,
        ]
        /// What a source tree has besides: no sockets and devices.
        static let unpacking = receiving.union([.makeLink, .makePipe])
    }

    /// 4: to connect out. Data connections come in, so nothing is allowed back.
    private static let connectTCP: UInt64 = 1 << 1
    /// 6: abstract sockets of, and signals to, processes outside.
    private static let scopes: UInt64 = 0b11

    /// The kernel's version, 0 when it has none. Renames between folders need 2.
    public static var version: CInt { max(0, slipway_landlock_version()) }

    /// From here on, files can be reached beneath these folders only; beneath `readable` ones they can be read. TCP
    /// connections can be made only if `connectingOut`.
    public static func confine(
        to folders: [FilePath], reading readable: [FilePath], connectingOut: Bool
    ) throws(WallFailure) {
        let rules = folders.map { (Place.path($0), FileRights.receiving) } + readable.map { (.path($0), .reading) }
        try confine(rules, connectingOut: connectingOut)
    }

    /// For a program that is to be run: it may write files directly in `folder`, and in one more file. Of what it reads
    /// and executes, what is not there is left out.
    public static func confine(
        toFilesBeneath folder: FilePath, reading read: [FilePath], executing executed: [FilePath],
        writing written: FilePath
    ) throws(WallFailure) {
        let files: FileRights = [.writeFile, .readFile, .readFolder, .removeFile, .makeFile, .truncate]
        var rules: [Rule] = [(.path(folder), files), (.path(written), .writeFile)]
        rules += read.map { (.path($0), [.readFile, .readFolder]) }
        rules += executed.map { (.path($0), [.readFile, .execute]) }
        try confine(rules.filter(\.place.isThere), connectingOut: false)
    }

    /// For programs that unpack a stranger's archives: beneath `folder` they may make, change and remove files, folders,
    /// links and named pipes, but execute none. They may execute and read beneath `executed`, read beneath `read` and in the open
    /// files `opened`, and write to `written`. What is not there is left out.
    public static func confine(
        toTreeBeneath folder: FilePath, executing executed: [FilePath], reading read: [FilePath],
        readingOpened opened: [CInt], writing written: FilePath
    ) throws(WallFailure) {
        var rules: [Rule] = [(.path(folder), FileRights.unpacking)]
        rules.append((.path(written), [.readFile, .writeFile]))
        rules += executed.map { (.path($0), [.execute, .readFile, .readFolder]) }
        rules += read.map { (.path($0), .reading) }
        rules += opened.map { (.opened($0), .readFile) }
        try confine(rules.filter(\.place.isThere), connectingOut: false)
    }

    /// For what starts such programs: the same, but that it may read everything, as their files lie in many places.
    public static func confine(
        toTreesBeneath folder: FilePath, executing executed: [FilePath], writing written: FilePath
    ) throws(WallFailure) {
        var rules: [Rule] = [(.path(folder), FileRights.unpacking), (.path("/"), .reading)]
        rules.append((.path(written), [.readFile, .writeFile]))
        rules += executed.map { (.path($0), [.execute, .readFile, .readFolder]) }
        try confine(rules.filter(\.place.isThere), connectingOut: false)
    }

    private typealias Rule = (place: Place, rights: FileRights)

    /// What a rule is about.
    private enum Place {
        case path(FilePath)
        case opened(CInt)

        var isThere: Bool {
            switch self {
            case .path(let path): path.withPlatformString { access($0, F_OK) } == 0
            case .opened: true
            }
        }

        /// A descriptor of it, to be closed.
        func open() throws(WallFailure) -> CInt {
            switch self {
            case .path(let path):
                let opened = path.withPlatformString { Glibc.open($0, O_RDONLY | O_CLOEXEC) }
                try WallFailure.check("open \(path)", opened)
                return opened
            case .opened(let number):
                let copy = fcntl(number, F_DUPFD_CLOEXEC, 0)
                try WallFailure.check("take descriptor \(number)", copy)
                return copy
            }
        }
    }

    private static func confine(_ rules: [Rule], connectingOut: Bool) throws(WallFailure) {
        let version = version
        let all = FileRights.all(in: version)
        let ruleset = slipway_landlock_ruleset(
            all.rawValue, version >= 4 && !connectingOut ? connectTCP : 0, version >= 6 ? scopes : 0)
        try WallFailure.check("make a Landlock ruleset", ruleset)
        defer { Glibc.close(ruleset) }
        for rule in rules {
            let place = try rule.place.open()
            defer { Glibc.close(place) }
            // Beneath what is no folder, only rights to itself can be given.
            let rights = isFolder(place) ? rule.rights : rule.rights.subtracting(.readFolder)
            try WallFailure.check(
                "allow \(rule.place)",
                slipway_landlock_allow_beneath(ruleset, rights.intersection(all).rawValue, place))
        }
        try WallFailure.check("enforce Landlock", slipway_landlock_enforce(ruleset))
    }

    private static func isFolder(_ place: CInt) -> Bool {
        var found = stat()
        return fstat(place, &found) == 0 && found.st_mode & S_IFMT == S_IFDIR
    }
}
