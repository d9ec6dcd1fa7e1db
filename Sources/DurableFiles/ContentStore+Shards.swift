internal import Glibc
internal import SystemPackage

extension ContentStore {
    /// The parts of the store, for whoever looks through it bit by bit: 256, by the first two digits.
    public static var shards: [String] { ContentName.folders }

    /// The SHA-256 of the files of one shard that nothing was written to for `age`, sorted.
    public func names(in shard: String, olderThan age: Duration, now: Int64) throws(FileFailure) -> [String] {
        let folder = try folder.folder(shard)
        var found: [String] = []
        for entry in try folder.entries() where entry.type == .regular {
            guard let status = try folder.status(of: entry.name) else { continue }
            if Duration.seconds(now - Int64(status.rawValue.st_mtim.tv_sec)) >= age { found.append(entry.name) }
        }
        return found
    }
}
