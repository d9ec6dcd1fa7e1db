public import ArchiveModel
public import DebianControl

/// A source package that has passed every check: what `accept` enters.
public struct AcceptedSource: Sendable {
    public let archive: Archive
    public let suite: ArchiveSuite
    public let name: PackageName
    public let version: PackageVersion
    public let dsc: StoredFile
    /// The files the `.dsc` lists.
    public let files: [StoredFile]
    /// The `.dsc`'s paragraph, as it was signed.
    public let control: ControlParagraph
    public let component: ComponentName
    public let section: String
    public let priority: String
    /// The `Changes` field.
    public let changes: String
    public let signer: Person
    public let signingKey: Fingerprint
    /// `VerifiedText.identity` of the `.changes`.
    public let signatureIdentity: String
    public let builds: [PlannedBuild]
    /// What is kept with the upload and never shown: the `.changes` with its signature, and the `.buildinfo`.
    public let records: [StoredFile]
    /// Packages that came with it.
    public let packages: [AcceptedBinaries.Binary]
    /// What is asked once more when it is accepted.
    public var claim: UploadClaim
    /// Of the archive's pool.
    public var room: PoolLimit?
    /// Its signer is proven to have sent it: that it acted before, elsewhere, does not matter.
    public var mayActAgain = false
    /// What was said of it when it was let out of NEW; holds from now on.
    public var said = PackageOverride()

    public init(
        archive: Archive, suite: ArchiveSuite, name: PackageName, version: PackageVersion, dsc: StoredFile,
        files: [StoredFile], control: ControlParagraph, component: ComponentName, section: String, priority: String,
        changes: String, signer: Person, signingKey: Fingerprint, signatureIdentity: String, builds: [PlannedBuild],
        records: [StoredFile] = [], packages: [AcceptedBinaries.Binary] = []
    ) {
        self.archive = archive
        self.suite = suite
        self.name = name
        self.version = version
        self.dsc = dsc
        self.files = files
        self.control = control
        self.component = component
        self.section = section
        self.priority = priority
        self.changes = changes
        self.signer = signer
        self.signingKey = signingKey
        self.signatureIdentity = signatureIdentity
        self.builds = builds
        self.records = records
        self.packages = packages
        claim = UploadClaim(
            archive: archive, suite: suite, source: name, version: version, component: component,
            architectures: [.source] + packages.map(\.architecture), key: signingKey)
    }
}

extension Catalog {
    /// Accepts a source: file names, source, publication, wanted builds, receipt and mail, in one transaction.
    /// The files themselves are in the content store, durably, before this is called.
    /// - Throws: `Conflict` when the archive has changed since it was checked (judge again), or the text is a replay.
    public func accept(
        _ source: AcceptedSource, upload: UploadIdentity, received: Int64, now: Int64,
        decide: @escaping @Sendable (Int64) throws -> Decision
    ) async throws -> UploadRecord {
        try await write { connection in
            try connection.see(
                signature: source.signatureIdentity, of: source.signingKey, what: upload.path,
                mayActAgain: source.mayActAgain, now: now)
            try connection.guardStillTaken(source.claim)
            try connection.guardNewer(source)
            try connection.guardVersionRules(source)
            let before = try connection.poolBytes(ofArchive: source.archive.id)
            let id = try connection.enter(source)
            try connection.know(source)
            try connection.amend(source.said, ofSource: source.name, inArchive: source.archive.id)
            if source.archive.kind == .primary { try connection.keepOverride(source) }
            try connection.publish(source: id, source.component, in: source.suite, now: now)
            try connection.publish(packagesOf: source, id, now: now)
            try connection.guardRoom(
                source.room, inArchive: source.archive.id, before: before, for: "\(source.name) \(source.version)",
                now: now)
            try connection.want(source.builds, of: id, in: source.suite, now: now)
            try connection.supersede(by: id, in: source.suite.id, now: now)
            try connection.markChanged(source.suite.id)
            let record = try connection.record(
                upload, received: received, now: now, archive: source.archive.id, source: id, decide: decide)
            for file in source.records { try connection.keep(file, withUpload: record.id) }
            try connection.announce(record, in: source.archive, by: source.signer, now: now)
            return record
        }
    }
}

extension Connection {
    /// The suite may have moved on since the check.
    fileprivate func guardNewer(_ source: AcceptedSource) throws {
        let other = try row(
            """
            SELECT s.version FROM source_publication p JOIN source s ON s.id = p.source
            WHERE p.archive_suite = :suite AND p.state IN ('pending', 'published') AND s.name = :name
                AND s.version_key >= :key LIMIT 1
            """, ["suite": source.suite.id, "name": source.name, "key": source.version.sortKey])
        if let other {
            throw Conflict("\(source.suite.name) has \(source.name) \(try other.text("version")) by now.")
        }
    }

    fileprivate func enter(_ source: AcceptedSource) throws -> Int64 {
        for file in [source.dsc] + source.files { try enter(file, intoArchive: source.archive.id) }
        let id = try insert(
            """
            INSERT INTO source (name, version, version_key, dsc_name, dsc_sha256, architectures, component, section,
                priority, control, changes, signer, signing_key)
            VALUES (:name, :version, :key, :dsc, :sha256, :architectures, :component, :section,
                :priority, :control, :changes, :signer, :signing_key) RETURNING id
            """,
            [
                "name": source.name, "version": source.version, "key": source.version.sortKey,
                "dsc": source.dsc.name, "sha256": source.dsc.sha256,
                "architectures": source.control["Architecture"] ?? "", "component": source.component,
                "section": source.section, "priority": source.priority, "control": source.control.serialized(),
                "changes": source.changes, "signer": source.signer.id, "signing_key": source.signingKey,
            ])
        for file in source.files {
            try execute(
                "INSERT INTO source_file (source, name, sha256) VALUES (:source, :name, :sha256)",
                ["source": id, "name": file.name, "sha256": file.sha256])
        }
        return id
    }

    fileprivate func publish(packagesOf source: AcceptedSource, _ id: Int64, now: Int64) throws {
        let place = PackagePlace(
            archive: source.archive.id, suite: source.suite.id, source: id, component: source.component.text,
            keepsOverrides: source.archive.kind == .primary)
        for package in source.packages { try publish(package, place, now: now) }
    }

    fileprivate func keepOverride(_ source: AcceptedSource) throws {
        let override = PackageOverride(
            component: source.component, section: source.section, priority: source.priority)
        try keepFirst(override, of: source.name, .source, inArchive: source.archive.id)
    }

    func publish(source id: Int64, _ component: ComponentName, in suite: ArchiveSuite, now: Int64) throws {
        try execute(
            """
            INSERT INTO source_publication (archive_suite, source, component, state, created)
            VALUES (:suite, :source, :component, 'pending', :now)
            """, ["suite": suite.id, "source": id, "component": component, "now": now])
    }

    func keep(_ file: StoredFile, withUpload upload: Int64) throws {
        try enter(file)
        try execute(
            "INSERT INTO upload_file (upload, name, sha256) VALUES (:upload, :name, :sha256)",
            ["upload": upload, "name": file.name, "sha256": file.sha256])
    }

    /// Where the archive builds nothing by itself, they are there as cancelled ones: `retry-build` has them built.
    func want(_ builds: [PlannedBuild], of source: Int64, in suite: ArchiveSuite, now: Int64) throws {
        let archive = try row(
            "SELECT a.autobuild FROM archive_suite t JOIN archive a ON a.id = t.archive WHERE t.id = :suite",
            ["suite": suite.id])
        let isWanted = try archive?.flag("autobuild") ?? true
        for build in builds {
            try execute(
                """
                INSERT INTO build (archive_suite, source, architecture, builds_all, state, created, ended, cause)
                VALUES (:suite, :source, :architecture, :all, :state, :now, :ended, :cause)
                """,
                [
                    "suite": suite.id, "source": source, "architecture": build.architecture,
                    "all": build.buildsAll, "now": now, "state": isWanted ? BuildState.wanted : .cancelled,
                    "ended": isWanted ? nil : now, "cause": isWanted ? nil : "The archive builds nothing by itself.",
                ])
        }
    }
}
