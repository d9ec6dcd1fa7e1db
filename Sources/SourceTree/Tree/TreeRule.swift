public import DebianControl

/// What a source package is once it is unpacked.
public enum TreeRule: String, CodedRule {
    case tooManySourceFiles = "too-many-source-files"
    case tarballDamaged = "tarball-damaged"
    case unpacksToTooMuch = "unpacks-to-too-much"
    case tooManyMembers = "too-many-members"
    case tooDeep = "too-deep"
    case pathTooLong = "path-too-long"
    case unsafeMember = "unsafe-member"
    case specialMember = "special-member"
    case linkLeavesTree = "link-leaves-tree"
    case memberBehindLink = "member-behind-link"
    case unpackTooLong = "unpack-too-long"
    case unpackFailed = "unpack-failed"
    case changelogMissing = "changelog-missing"
    case changelogUnreadable = "changelog-unreadable"
    case changelogDisagrees = "changelog-disagrees"
    case controlMissing = "control-missing"
    case controlUnreadable = "control-unreadable"
    case controlDisagrees = "control-disagrees"
    case copyrightMissing = "copyright-missing"
    case treeFileTooLarge = "tree-file-too-large"
    case notAPlainFile = "not-a-plain-file"

    public var rule: String {
        switch self {
        case .tooManySourceFiles: "A .dsc lists no more files than the limit."
        case .tarballDamaged: "Each tarball is a whole tar archive in its compression."
        case .unpacksToTooMuch: "All tarballs together unpack to no more bytes than the limit."
        case .tooManyMembers: "All tarballs together hold no more files, folders and links than the limit."
        case .tooDeep: "No file is in more folders than the limit."
        case .pathTooLong: "No path has more bytes than the limit."
        case .unsafeMember: "No path is absolute or has .. in it."
        case .specialMember:
            "There are only files, folders and links: no devices and sockets. A named pipe is a warning."
        case .linkLeavesTree:
            "No link leads out of the tree. A symbolic one that does is a warning, a hard one an error."
        case .memberBehindLink: "No file would be written through a link."
        case .unpackTooLong: "It is unpacked within the limit of seconds."
        case .unpackFailed:
            "It is unpacked by dpkg-source, and its patches apply; dpkg-source's words are in the finding."
        case .changelogMissing, .controlMissing: "The file is there."
        case .changelogUnreadable: "The changelog starts with the heading of an entry."
        case .changelogDisagrees:
            "The newest entry has the upload's source and version; another distribution is a warning."
        case .controlUnreadable: "The text of debian/control is one of control paragraphs."
        case .controlDisagrees: "The first paragraph of debian/control names the source."
        case .copyrightMissing: "There is a debian/copyright; that there is none is a warning."
        case .treeFileTooLarge: "The files of debian/ that are read have 10 MiB at most."
        case .notAPlainFile: "The files of debian/ that are read are files, and no link leads to them."
        }
    }

    public var origin: String? {
        switch self {
        case .unpackFailed, .tarballDamaged: "dpkg-source(1)"
        case .changelogMissing, .changelogUnreadable, .changelogDisagrees: "Policy 4.4"
        case .controlMissing, .controlUnreadable, .controlDisagrees: "Policy 5.2"
        case .copyrightMissing: "Policy 4.5"
        default: nil
        }
    }
}
