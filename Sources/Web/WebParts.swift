public import ArchiveModel
public import Catalog
public import SystemPackage

/// What the web part is put together from.
public struct WebParts: Sendable {
    let catalog: Catalog
    let archives: FilePath
    let external: FilePath
    let builds: FilePath
    let publicKey: @Sendable (Fingerprint) async throws -> [UInt8]
    let now: @Sendable () -> Int64

    /// - Parameters:
    ///   - archives: the folder with a folder per archive reference, each with `dists` and `pool`.
    ///   - external: the same of external archives.
    ///   - builds: the folder with a folder per build, named by its number, each with a `log`.
    ///   - publicKey: an archive's public key, armored.
    ///   - now: the time, in Unix seconds.
    public init(
        catalog: Catalog, archives: FilePath, external: FilePath, builds: FilePath,
        publicKey: @escaping @Sendable (Fingerprint) async throws -> [UInt8], now: @escaping @Sendable () -> Int64
    ) {
        self.catalog = catalog
        self.archives = archives
        self.external = external
        self.builds = builds
        self.publicKey = publicKey
        self.now = now
    }
}
