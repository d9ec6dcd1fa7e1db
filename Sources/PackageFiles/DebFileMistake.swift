internal import DebianControl

/// Why a file is not a binary package that dpkg would take. Whoever made the package has to mend it.
public enum DebFileMistake: Error, Equatable, Sendable, CustomStringConvertible {
    case notAnArchive
    /// The file ends inside this part.
    case truncated(part: String)
    /// deb(5) fixes the parts and their order.
    case wrongPart(expected: String, found: String?)
    case unsupportedVersion(String)
    case unknownCompression(part: String)
    /// The part does not unpack; what libarchive says of it.
    case damaged(part: String, reason: String)
    /// A tar format that dpkg cannot unpack (pax).
    case unsupportedTar(part: String)
    /// A path that leads out of the package's root, or that has control characters in it.
    case unsafePath(String, part: String)
    case noControlFile
    case severalControlFiles
    case controlNotUTF8
    /// More than the limit named in `DebLimits`.
    case tooLarge(what: String, limit: Int64)

    public var code: String { rule.code }

    public var rule: DebRule {
        switch self {
        case .notAnArchive: .notAnArchive
        case .truncated: .truncated
        case .wrongPart: .wrongPart
        case .unsupportedVersion: .unsupportedVersion
        case .unknownCompression: .unknownCompression
        case .damaged: .damaged
        case .unsupportedTar: .unsupportedTar
        case .unsafePath: .unsafePath
        case .noControlFile: .noControlFile
        case .severalControlFiles: .severalControlFiles
        case .controlNotUTF8: .controlNotUTF8
        case .tooLarge: .tooLarge
        }
    }

    public var description: String {
        switch self {
        case .notAnArchive: "This is not a Debian package: it does not start like an ar archive."
        case .truncated(let part): "The package ends inside \(part)."
        case .wrongPart(let expected, let found?): "The package has \(found) where \(expected) belongs."
        case .wrongPart(let expected, nil): "The package has no \(expected)."
        case .unsupportedVersion(let version): "The package has format version \(version); 2.0 is supported."
        case .unknownCompression(let part): "The package's \(part) has a compression that dpkg does not know."
        case .damaged(let part, let reason): "The package's \(part) cannot be unpacked: \(reason)."
        case .unsupportedTar(let part): "The package's \(part) is in pax format, which dpkg does not unpack."
        case .unsafePath(let path, let part): "The package's \(part) has a path that is not allowed: \(path)."
        case .noControlFile: "The package has no control file."
        case .severalControlFiles: "The package has more than one control file."
        case .controlNotUTF8: "The package's control file is not in UTF-8."
        case .tooLarge(let what, let limit): "The package has \(what) beyond the limit of \(limit)."
        }
    }
}
