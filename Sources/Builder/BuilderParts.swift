public import ArchiveModel
public import Catalog
public import DurableFiles
public import OpenPGP

/// What the builder works with.
public struct BuilderParts: Sendable {
    public let catalog: Catalog
    /// Where the sources' files are.
    public let files: ContentStore
    /// Holds the builder's private key; the public keys of the archives come from here as well.
    public let keys: SigningKeys
    /// Signs results; the catalog knows it as a builder's.
    public let key: Fingerprint
    public var configuration: BuilderConfiguration
    /// Unix seconds.
    public let now: @Sendable () -> Int64
    /// Wakes the intake: a result has landed.
    public let resultLanded: @Sendable () -> Void

    public init(
        catalog: Catalog, files: ContentStore, keys: SigningKeys, key: Fingerprint,
        configuration: BuilderConfiguration, now: @escaping @Sendable () -> Int64 = { secondsSince1970() },
        resultLanded: @escaping @Sendable () -> Void = {}
    ) {
        self.catalog = catalog
        self.files = files
        self.keys = keys
        self.key = key
        self.configuration = configuration
        self.now = now
        self.resultLanded = resultLanded
    }
}
