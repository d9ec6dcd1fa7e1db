public import DebianControl

/// What is done in a PPA about a source that its base has in a newer version.
public enum NewerInBaseAction: String, Sendable, Codable, CaseIterable {
    /// Nobody is told.
    case nothing
    /// The PPA's people are told, once for each version.
    case tell
    /// They are told, and it leaves the PPA with its binaries.
    case delete
}

/// Sources of one PPA that its base has in newer versions: apt users get the base's, whatever the PPA has.
public struct NewerInBase: Sendable, Hashable, Codable {
    public struct Package: Sendable, Hashable, Codable {
        public let name: String
        public let suite: SuiteName
        public let version: String
        public let baseVersion: String

        public init(_ name: PackageName, in suite: SuiteName, _ version: PackageVersion, base: PackageVersion) {
            self.name = name.description
            self.suite = suite
            self.version = version.description
            self.baseVersion = base.description
        }
    }

    public let archive: ArchiveReference
    /// They were taken out of the PPA for it.
    public let areDeleted: Bool
    public let packages: [Package]

    public init(archive: ArchiveReference, areDeleted: Bool, packages: [Package]) {
        self.archive = archive
        self.areDeleted = areDeleted
        self.packages = packages
    }
}
