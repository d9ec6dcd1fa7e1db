public import ArchiveModel
public import DebianControl

/// Sources that a PPA is to have of the base, or of another archive here.
public struct PackageImport: Sendable {
    /// Sources that wait for a mirror, of one archive: each is fetched by itself, while others wait.
    public static let waitingLimit = 500

    public struct Package: Sendable, Hashable {
        public let name: PackageName
        /// `nil`: the highest there is.
        public let version: PackageVersion?
        /// Packages for these, and for all; `nil`: for those of the suite.
        public let architectures: Set<Architecture>?
        /// `nil`: one of the same name as the suite it comes to.
        public let suite: SuiteName?

        public init(
            name: PackageName, version: PackageVersion? = nil, architectures: Set<Architecture>? = nil,
            suite: SuiteName? = nil
        ) {
            (self.name, self.version, self.architectures, self.suite) = (name, version, architectures, suite)
        }
    }

    public let to: ArchiveReference
    /// `nil`: all that the archive has.
    public let suites: [SuiteName]?
    /// `nil`: the base.
    public let from: ArchiveReference?
    public let packages: [Package]
    public let withBinaries: Bool
    public let person: Person
    /// Theirs.
    public let key: Fingerprint
    public let quotas: QuotaRule

    public init(
        to: ArchiveReference, suites: [SuiteName]?, from: ArchiveReference?, packages: [Package], withBinaries: Bool,
        by person: Person, _ key: Fingerprint, quotas: QuotaRule
    ) {
        (self.to, self.suites, self.from, self.packages) = (to, suites, from, packages)
        (self.withBinaries, self.person, self.key, self.quotas) = (withBinaries, person, key, quotas)
    }
}

/// One source that waits for a mirror.
public struct WantedImport: Sendable {
    public let id: Int64
    public let archive: Archive
    public let suite: ArchiveSuite
    /// The suite of the base that has it.
    public let base: SuiteDescription
    /// Where the base has it.
    public let component: ComponentName
    public let source: SourceVersion
    /// `nil`: all of the suite's.
    public let only: Set<Architecture>?
    public let withBinaries: Bool
    /// The archive wants what is newer in its base, and nobody asked for it by itself.
    public let isUpdate: Bool
    public let history: WishHistory
    let person: Int64
    let key: Fingerprint

    var asked: AskedImport { AskedImport(only: only, withBinaries: withBinaries) }

    /// Those whose packages come with it.
    public var architectures: [Architecture] {
        withBinaries ? suite.architectures.filter { only?.contains($0) ?? true } : []
    }
}

/// What a mirror gave, or was made of a source that is here: read, and in the content store.
public struct ImportedSource: Sendable {
    public let source: SourceControl
    public let dsc: StoredFile
    /// What the `.dsc` lists.
    public let files: [StoredFile]
    /// With its component: `contrib/utils`.
    public let section: String
    public let priority: String
    public let binaries: [AcceptedBinaries.Binary]

    public init(
        _ source: SourceControl, dsc: StoredFile, files: [StoredFile], section: String, priority: String,
        binaries: [AcceptedBinaries.Binary]
    ) {
        (self.source, self.dsc, self.files, self.section) = (source, dsc, files, section)
        (self.priority, self.binaries) = (priority, binaries)
    }
}

extension ImportedSource {
    public var name: PackageName { source.source }
    public var version: PackageVersion { source.version }
    /// Of the `.dsc`.
    public var control: ControlParagraph { source.paragraph }
    public var architectures: [ArchitectureWildcard] { source.architectures }
    public var packages: [PackageName] { source.binary }
}
