/// How much unpacking one source package may take. Debian's largest packages stay below each limit; a bomb does not.
public struct UnpackLimits: Sendable, Equatable {
    /// Bytes of all its files, unpacked. The largest, browsers and office suites, unpack to some 5 GiB.
    public var bytes: Int64 = 16 << 30
    /// Files, folders and links of all its tarballs; each takes an inode. A browser has about 400,000.
    public var members = 600_000
    /// Folders above a file. Deep ones are of Java, and have about 20.
    public var depth = 64
    /// Bytes of one path. The system takes 4096, of which our own folder needs some.
    public var path = 1024
    /// Files that a `.dsc` may list: each is an open file of the child. Real ones have up to 40.
    public var files = 200
    /// Seconds until it is ended. A browser takes a few minutes; a small package a tenth of one second.
    public var seconds = 900
    /// Bytes of memory that each program may take: xz of the highest preset takes 65 MiB, patch and perl less.
    public var memory: Int64 = 1 << 30
    /// The same where a source is made once more: one thread of xz takes 1.3 GiB at the highest preset, which a package may ask for
    /// (debian/source/options).
    public var packingMemory: Int64 = 2 << 30
    /// Bytes of the disk that stay free: the rest of the service works on.
    public var freeDisk: Int64 = 1 << 30
    /// Files that the disk can still take: the rest of the service makes some hundred at a time.
    public var freeInodes: Int64 = 10_000
    /// Processes that the service's user may have at a time, those of builds included: ends a fork bomb.
    public var processes = 4096

    public static let standard = UnpackLimits()
    public init() {}
}
