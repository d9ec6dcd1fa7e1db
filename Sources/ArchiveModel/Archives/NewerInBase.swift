public import DebianControl

/// What is done in a PPA about a source that its base has in a newer version.
public enum NewerInBaseAction: String, Sendable, Codable, CaseIterable {
    /// Nobody is told.
    case nothing
    /// The PPA's people are told, once for each version.
    case tell
    /// They are told, and it leaves the PPA with its binaries.
    case delete
    /// They are told, and the PPA gets the base's version.
    case update

    /// After "what the base has in a newer version".
    public var sentence: String {
        switch self {
        case .nothing: "stays, and nobody is told."
        case .tell: "stays, and its people are told."
        case .delete: "is removed, and its people are told."
        case .update: "gets the base's version, and its people are told."
        }
    }
}

/// Sources of one PPA that its base has in newer versions: apt users get the base's, whatever the PPA has.
public struct NewerInBase: Sendable, Hashable, Codable {
    public struct Package: Sendable, Hashable, Codable {
        public let name: String
        public let suite: SuiteName
        public let version: String
        public let baseVersion: String
        /// What came of copying it; nil where nothing was to be copied.
        public var copying: Copying?

        public init(_ name: PackageName, in suite: SuiteName, _ version: PackageVersion, base: PackageVersion) {
            self.name = name.description
            self.suite = suite
            self.version = version.description
            self.baseVersion = base.description
        }
    }

    /// What came of copying a version from an archive of this service.
    public enum Copying: Sendable, Hashable, Codable {
        case done
        /// Why not, in a sentence.
        case refused(String)

        public var isRefusal: Bool { if case .refused = self { true } else { false } }
    }

    public let archive: ArchiveReference
    /// They were taken out of the PPA for it.
    public let areDeleted: Bool
    /// The base's versions are being imported; `nil` of letters from before there was that.
    private let areUpdates: Bool?
    public let packages: [Package]

    public init(archive: ArchiveReference, action: NewerInBaseAction, packages: [Package]) {
        self.archive = archive
        areDeleted = action == .delete
        areUpdates = action == .update
        self.packages = packages
    }

    public var areUpdated: Bool { areUpdates ?? false }
}
