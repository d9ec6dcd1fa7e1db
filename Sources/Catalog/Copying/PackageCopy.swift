public import ArchiveModel
public import DebianControl

/// Sources to copy from one suite of an archive to another's, with or without the packages built from them.
public struct PackageCopy: Sendable {
    public let from: ArchiveReference
    public let fromSuite: SuiteName
    public let to: ArchiveReference
    public let toSuite: SuiteName
    /// `nil`: all that the suite has.
    public let packages: [PackageRemoval.Package]?
    /// Of these sources packages, and builds, for these architectures only.
    public var only: [PackageName: Set<Architecture>] = [:]
    public let withBinaries: Bool
    /// Who puts it there, and signs for it.
    public let person: Person
    /// Theirs.
    public let key: Fingerprint
    public let quotas: QuotaRule
    /// Sources and packages in one copy: a thousand take a second of the catalog's one writer, for which everybody else waits.
    public let limit: Int

    public init(
        from: ArchiveReference, _ fromSuite: SuiteName, to: ArchiveReference, _ toSuite: SuiteName,
        packages: [PackageRemoval.Package]?, withBinaries: Bool, by person: Person, _ key: Fingerprint,
        quotas: QuotaRule, limit: Int = 2_000
    ) {
        (self.from, self.fromSuite, self.to, self.toSuite) = (from, fromSuite, to, toSuite)
        (self.packages, self.withBinaries) = (packages, withBinaries)
        (self.person, self.key, self.quotas, self.limit) = (person, key, quotas, limit)
    }
}
