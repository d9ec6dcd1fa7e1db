public import DebianControl

/// What a binary package is: the rule behind each `DebFileMistake`.
public enum DebRule: String, CodedRule {
    case notAnArchive = "deb-not-an-archive"
    case truncated = "deb-truncated"
    case wrongPart = "deb-wrong-part"
    case unsupportedVersion = "deb-unsupported-version"
    case unknownCompression = "deb-unknown-compression"
    case damaged = "deb-damaged"
    case unsupportedTar = "deb-unsupported-tar"
    case unsafePath = "deb-unsafe-path"
    case noControlFile = "deb-no-control-file"
    case severalControlFiles = "deb-several-control-files"
    case controlNotUTF8 = "deb-control-not-utf8"
    case tooLarge = "deb-too-large"

    public var rule: String {
        switch self {
        case .notAnArchive: "A package is an ar archive."
        case .truncated: "A package ends where its parts end."
        case .wrongPart: "A package has the parts debian-binary, control.tar and data.tar, in this order."
        case .unsupportedVersion: "A package has the format 2.0."
        case .unknownCompression: "Its parts are compressed as dpkg knows it."
        case .damaged: "Its parts can be unpacked."
        case .unsupportedTar: "Its parts are tar files that dpkg can unpack."
        case .unsafePath: "No path leads out of the package's root or has control characters in it."
        case .noControlFile, .severalControlFiles: "It has one control file."
        case .controlNotUTF8: "Its control file is in UTF-8."
        case .tooLarge: "It unpacks to no more than the limits."
        }
    }

    public var origin: String? {
        switch self {
        case .controlNotUTF8: "Policy 5.1"
        case .unsafePath, .tooLarge: nil
        default: "deb(5)"
        }
    }
}
