/// How much of a stranger's package is looked at. Debian's largest packages stay well below each limit.
public struct DebLimits: Sendable {
    /// The control file, in bytes. The longest in Debian are around 100 KB.
    public var controlFile: Int64 = 1 << 20
    /// The control archive unpacked, in bytes: md5sums has a line for each of the package's files.
    public var controlArchive: Int64 = 64 << 20
    /// The data archive unpacked, in bytes. Debian's largest, debug symbols of browsers, unpack to some 10 GB.
    public var dataArchive: Int64 = 64 << 30
    /// Memory to unpack xz, in bytes. The highest preset, `xz -9`, needs 65 MiB.
    public var xzMemory: UInt64 = 256 << 20
    /// Members of one tar archive. The most in Debian is about 300,000.
    public var members = 2_000_000
    /// Bytes of one path.
    public var path: Int64 = 4096
    /// Parts of the outer archive; deb(5) knows three, and lets others stand beside them.
    public var parts = 16

    public static let standard = DebLimits()
    public init() {}
}
