public import ArchiveModel
public import DebianControl

/// The result of a build that has passed every check.
public struct AcceptedBinaries: Sendable {
    public struct Binary: Sendable {
        public let name: PackageName
        public let version: PackageVersion
        public let architecture: Architecture
        public let file: StoredFile
        public let section: String
        public let control: ControlParagraph

        public init(
            name: PackageName, version: PackageVersion, architecture: Architecture, file: StoredFile, section: String,
            control: ControlParagraph
        ) {
            self.name = name
            self.version = version
            self.architecture = architecture
            self.file = file
            self.section = section
            self.control = control
        }
    }

    public let build: Int64
    public let binaries: [Binary]
    /// What is kept with the build and not published: the `.buildinfo`.
    public let records: [StoredFile]
    /// Of the builder.
    public let signingKey: Fingerprint
    public let signatureIdentity: String
    /// Of the archive's pool.
    public var room: PoolLimit?

    public init(
        build: Int64, binaries: [Binary], records: [StoredFile], signingKey: Fingerprint, signatureIdentity: String
    ) {
        self.build = build
        self.binaries = binaries
        self.records = records
        self.signingKey = signingKey
        self.signatureIdentity = signatureIdentity
    }
}

extension Catalog {
    /// Accepts a build's result: binaries, publications, superseding, the build's end, and the receipt, in one
    /// transaction.
    /// - Throws: `Conflict` when the build does not wait for a result any more, or a file name is taken by other bytes.
    public func accept(
        _ result: AcceptedBinaries, upload: UploadIdentity, received: Int64, now: Int64,
        decide: @escaping @Sendable (Int64) throws -> Decision
    ) async throws -> UploadRecord {
        try await write { connection in
            try connection.see(
                signature: result.signatureIdentity, of: result.signingKey, what: upload.path, now: now)
            try connection.guardActs(result.signingKey)
            let order = try connection.endBuild(result.build, now: now)
            let before = try connection.poolBytes(ofArchive: order.archive)
            for binary in result.binaries {
                try connection.publish(binary, order, build: result.build, now: now)
            }
            try connection.guardRoom(
                result.room, inArchive: order.archive, before: before, for: "build \(result.build)", now: now)
            for file in result.records { try connection.keep(file, withBuild: result.build) }
            try connection.supersede(by: order.source, in: order.suite, now: now)
            try connection.markChanged(order.suite)
            return try connection.record(
                upload, received: received, now: now, archive: order.archive, source: order.source, decide: decide)
        }
    }
}

/// Where packages go: with their source.
struct PackagePlace {
    let archive: Int64
    let suite: Int64
    let source: Int64
    let component: String
    let keepsOverrides: Bool
}

extension Connection {
    /// The build, and its source's publication that must still be live.
    fileprivate func endBuild(_ build: Int64, now: Int64) throws -> PackagePlace {
        let row = try row(
            """
            UPDATE build SET state = 'succeeded', lease_until = NULL, ended = :now
            WHERE id = :build AND state IN ('building', 'uploading') RETURNING archive_suite, source
            """, ["build": build, "now": now])
        guard let row else { throw Conflict("Build \(build) waits for no result.") }
        let publication = try self.row(
            """
            SELECT p.component, a.archive, r.kind FROM source_publication p
            JOIN archive_suite a ON a.id = p.archive_suite JOIN archive r ON r.id = a.archive
            WHERE p.archive_suite = :suite AND p.source = :source AND p.state IN ('pending', 'published')
            """, ["suite": try row.integer("archive_suite"), "source": try row.integer("source")])
        guard let publication else { throw Conflict("The source of build \(build) is published no more.") }
        return PackagePlace(
            archive: try publication.integer("archive"), suite: try row.integer("archive_suite"),
            source: try row.integer("source"), component: try publication.text("component"),
            keepsOverrides: try publication.text("kind") == ArchiveKind.primary.rawValue)
    }

    /// - Parameters:
    ///   - build: that made it; nil where a person uploaded it, or it was imported.
    ///   - origin: the suite of a base that it was imported from.
    func publish(
        _ binary: AcceptedBinaries.Binary, _ order: PackagePlace, build: Int64? = nil, origin: String? = nil, now: Int64
    ) throws {
        try enter(binary.file, intoArchive: order.archive)
        let id = try insert(
            """
            INSERT INTO binary (source, name, version, version_key, architecture, file_name, sha256, section, control,
                build, origin)
            VALUES (:source, :name, :version, :key, :architecture, :file, :sha256, :section, :control, :build, :origin)
            RETURNING id
            """,
            [
                "source": order.source, "name": binary.name, "version": binary.version,
                "key": binary.version.sortKey, "architecture": binary.architecture, "file": binary.file.name,
                "sha256": binary.file.sha256, "section": binary.section, "control": binary.control.serialized(),
                "build": build, "origin": origin,
            ])
        let override = PackageOverride(section: binary.section, priority: binary.control["Priority"])
        try publish(binary: id, binary.name, override, order, now: now)
    }

    /// - Parameter override: what a primary archive keeps of it, where it has nothing yet.
    func publish(
        binary id: Int64, _ name: PackageName, _ override: PackageOverride, _ order: PackagePlace, now: Int64
    ) throws {
        try know(name, inArchive: order.archive)
        if order.keepsOverrides { try keepFirst(override, of: name, .binary, inArchive: order.archive) }
        try execute(
            """
            INSERT INTO binary_publication (archive_suite, binary, component, state, created)
            VALUES (:suite, :binary, :component, 'pending', :now)
            """, ["suite": order.suite, "binary": id, "component": order.component, "now": now])
    }

    fileprivate func keep(_ file: StoredFile, withBuild build: Int64) throws {
        try enter(file)
        try execute(
            "INSERT INTO build_file (build, name, sha256) VALUES (:build, :name, :sha256)",
            ["build": build, "name": file.name, "sha256": file.sha256])
    }
}
