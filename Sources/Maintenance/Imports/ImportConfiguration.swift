/// How much an import of a base's source may cost.
public struct ImportConfiguration: Sendable {
    /// Its folder is for apt's lists and for what is fetched, too; it may be removed while nothing runs.
    public var wishes: WishConfiguration
    /// Bytes of one source and its packages: what Debian's largest have without their debug symbols, and a disk bears.
    public var bytes: Int64 = 4 << 30
    /// Seconds that apt may take for the lists, or the files, of one: a slow mirror brings 4 GiB in half a day.
    public var timeLimit: Int64 = 4 * 3600

    public init(_ wishes: WishConfiguration) { self.wishes = wishes }
}
