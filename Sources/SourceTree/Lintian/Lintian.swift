public import DebianControl
internal import Glibc
internal import SystemPackage

/// lintian(1) as this service runs it.
public struct Lintian: Sendable {
    public let tags: LintianTags
    /// Which of lintian's profiles; nil: that of the machine's vendor.
    public let profile: String?
    public let limits: LintianLimits

    static let program: FilePath = "/usr/bin/lintian"
    private static let knownTags: FilePath = "/usr/share/lintian/tags"

    public init(tags: LintianTags, profile: String? = nil, limits: LintianLimits = .standard) {
        self.tags = tags
        self.profile = profile
        self.limits = limits
    }

    public static var isInstalled: Bool { program.withPlatformString { access($0, X_OK) } == 0 }

    /// Whether the installed lintian has the tag: it would not start with another. They are renamed now and then.
    public static func knows(_ tag: String) -> Bool {
        let folder = tag.contains("/") ? "" : "\(tag.prefix(1).lowercased())/"
        return access("\(knownTags)/\(folder)\(tag).tag", R_OK) == 0
    }
}

/// How much lintian may take for one upload.
public struct LintianLimits: Sendable, Equatable {
    /// Seconds until it is ended: two for a small source, some minutes for a browser.
    public var seconds = 900
    /// Bytes of memory that each of its programs may take; its own Perl takes 200 to 400 MiB.
    public var memory: Int64 = 2 << 30
    /// Bytes of one file that it unpacks.
    public var fileSize: Int64 = 16 << 30
    /// Bytes of the disk that stay free. It unpacks a source twice.
    public var freeDisk: Int64 = 1 << 30
    /// Processes that the service's user may have at a time, those of builds included: fewer than unpacking is given, so
    /// that one upload's lintian keeps no other upload from being unpacked.
    public var processes = 1024

    public static let standard = LintianLimits()
    public init() {}
}

/// An upload that every other check has passed, with all of its files.
public struct UploadToLint: Sendable {
    public let name: FileName
    /// The text of the `.changes` that the signature covers.
    public let changes: String
    /// What the `.changes` and its `.dsc` list.
    public let files: [SourceToUnpack.File]

    public init(name: FileName, changes: String, files: [SourceToUnpack.File]) {
        self.name = name
        self.changes = changes
        self.files = files
    }
}
