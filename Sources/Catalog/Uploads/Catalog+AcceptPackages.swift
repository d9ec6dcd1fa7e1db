public import ArchiveModel
public import DebianControl

/// Packages that a person uploaded without their source, which is published already, and that have passed every check.
public struct AcceptedPackages: Sendable {
    public let archive: Archive
    public let suite: ArchiveSuite
    public let source: PackageName
    public let version: PackageVersion
    public let packages: [AcceptedBinaries.Binary]
    /// What is kept with the upload and never shown: the `.changes` with its signature, and the `.buildinfo`.
    public let records: [StoredFile]
    public let signingKey: Fingerprint
    public let signatureIdentity: String
    /// What is asked once more when they are accepted.
    public var claim: UploadClaim
    /// Of the archive's pool.
    public var room: PoolLimit?
    /// Its signer is proven to have sent it: that it acted before, elsewhere, does not matter.
    public var mayActAgain = false

    public init(
        archive: Archive, suite: ArchiveSuite, source: PackageName, version: PackageVersion,
        packages: [AcceptedBinaries.Binary], records: [StoredFile], signingKey: Fingerprint, signatureIdentity: String
    ) {
        self.archive = archive
        self.suite = suite
        self.source = source
        self.version = version
        self.packages = packages
        self.records = records
        self.signingKey = signingKey
        self.signatureIdentity = signatureIdentity
        claim = UploadClaim(
            archive: archive, suite: suite, source: source, version: version, component: .main,
            architectures: packages.map(\.architecture), key: signingKey)
    }
}

/// A package that is live in a suite.
public struct LivePackage: Sendable, Hashable {
    public let name: PackageName
    public let version: PackageVersion
    public let architecture: Architecture
}

extension Catalog {
    /// Accepts packages: file names, publications, the end of builds that are needed no more, receipt and mail, in one
    /// transaction.
    /// - Throws: `Conflict` when their source is published no more, or a file name is taken by other bytes.
    public func accept(
        _ packages: AcceptedPackages, upload: UploadIdentity, received: Int64, now: Int64,
        decide: @escaping @Sendable (Int64) throws -> Decision
    ) async throws -> UploadRecord {
        try await write { connection in
            try connection.see(
                signature: packages.signatureIdentity, of: packages.signingKey, what: upload.path,
                mayActAgain: packages.mayActAgain, now: now)
            try connection.guardStillTaken(packages.claim)
            let place = try connection.place(of: packages, now: now)
            let before = try connection.poolBytes(ofArchive: place.archive)
            for package in packages.packages { try connection.publish(package, place, now: now) }
            try connection.guardRoom(
                packages.room, inArchive: place.archive, before: before,
                for: "packages of \(packages.source) \(packages.version)", now: now)
            try connection.endBuilds(madeNeedlessBy: packages.packages, of: place, now: now)
            try connection.supersede(by: place.source, in: place.suite, now: now)
            try connection.markChanged(place.suite)
            let record = try connection.record(
                upload, received: received, now: now, archive: place.archive, source: place.source, decide: decide)
            for file in packages.records { try connection.keep(file, withUpload: record.id) }
            return record
        }
    }

    /// What is to be built yet of a source that is live in a suite.
    public func wantedBuilds(
        of source: PackageName, _ version: PackageVersion, in suite: ArchiveSuite
    ) async throws -> [PlannedBuild] {
        try await read { connection in
            try connection.rows(
                """
                SELECT b.architecture, b.builds_all FROM build b JOIN source s ON s.id = b.source
                WHERE b.archive_suite = :suite AND s.name = :name AND s.version = :version
                    AND b.state IN ('wanted', 'building', 'uploading')
                """, ["suite": suite.id, "name": source, "version": version]
            ).map { row in
                PlannedBuild(
                    architecture: try row.parsed("architecture") { Architecture($0) },
                    buildsAll: try row.flag("builds_all"))
            }
        }
    }

    /// The packages of these names that are live in a suite.
    public func livePackages(_ names: [PackageName], in suite: ArchiveSuite) async throws -> [LivePackage] {
        try await read { connection in
            try names.flatMap { name in
                try connection.rows(
                    """
                    SELECT b.name, b.version, b.architecture FROM binary b
                    JOIN binary_publication p ON p.binary = b.id
                    WHERE b.name = :name AND p.archive_suite = :suite AND p.state IN ('pending', 'published')
                    """, ["name": name, "suite": suite.id]
                ).map { row in
                    LivePackage(
                        name: name, version: try row.parsed("version") { PackageVersion($0) },
                        architecture: try row.parsed("architecture") { Architecture($0) })
                }
            }
        }
    }
}

extension Connection {
    fileprivate func place(of packages: AcceptedPackages, now: Int64) throws -> PackagePlace {
        let row = try row(
            """
            SELECT p.source, p.component FROM source_publication p JOIN source s ON s.id = p.source
            WHERE p.archive_suite = :suite AND s.name = :name AND s.version = :version
                AND p.state IN ('pending', 'published')
            """, ["suite": packages.suite.id, "name": packages.source, "version": packages.version])
        guard let row else {
            if packages.archive.kind == .external { return try placeWithoutSource(packages, now: now) }
            throw Conflict("\(packages.suite.name) has \(packages.source) \(packages.version) no more.")
        }
        return PackagePlace(
            archive: packages.archive.id, suite: packages.suite.id, source: try row.integer("source"),
            component: try row.text("component"), keepsOverrides: packages.archive.kind == .primary)
    }
}
