public import ArchiveModel
public import DebianControl

/// What may not be uploaded, whoever has the right: a source, a version of it, or what a key has signed. `nil` is any.
public struct UploadDenial: Sendable, Hashable {
    public var source: PackageName?
    public var version: PackageVersion?
    public var suite: SuiteName?
    public var key: Fingerprint?
    /// Told to whoever tries.
    public var reason: String

    /// - Returns: nil when it would be about everything: a closed suite and a disabled archive are other things.
    public init?(
        source: PackageName? = nil, version: PackageVersion? = nil, suite: SuiteName? = nil, key: Fingerprint? = nil,
        reason: String
    ) {
        guard source != nil || (key != nil && version == nil) else { return nil }
        self.source = source
        self.version = version
        self.suite = suite
        self.key = key
        self.reason = reason
    }
}

/// A denial as it is listed.
public struct ListedDenial: Sendable, Hashable {
    public let id: Int64
    /// nil: all archives.
    public let archive: ArchiveReference?
    public let denial: UploadDenial
}

extension Catalog {
    /// Those that are about this source or this key, in this archive or in all; versions and suites are left to the caller.
    public func denials(
        source: PackageName, key: Fingerprint, in archive: Archive
    ) async throws -> [UploadDenial] {
        try await read { try $0.denials(source: source, key: key, in: archive) }
    }

    /// In the order they were made.
    public func denials() async throws -> [ListedDenial] {
        try await read { connection in
            try connection.rows(
                "SELECT d.*, a.reference FROM upload_denial d LEFT JOIN archive a ON a.id = d.archive ORDER BY d.id"
            ).map { row in
                ListedDenial(
                    id: try row.integer("id"),
                    archive: try row.optionalParsed("reference") { ArchiveReference($0) },
                    denial: try UploadDenial(row: row))
            }
        }
    }

    /// - Parameter archive: nil for all archives.
    /// - Returns: the denial's number.
    @discardableResult
    public func add(_ denial: UploadDenial, in archive: Archive?) async throws -> Int64 {
        try await write { connection in
            try connection.insert(
                """
                INSERT INTO upload_denial (archive, source, version, suite, key, reason)
                VALUES (:archive, :source, :version, :suite, :key, :reason) RETURNING id
                """,
                [
                    "archive": archive?.id, "source": denial.source, "version": denial.version, "suite": denial.suite,
                    "key": denial.key, "reason": denial.reason,
                ])
        }
    }

    /// - Throws: `Conflict` when there is none of this number.
    public func remove(denial: Int64) async throws {
        try await write { connection in
            let changed = try connection.execute("DELETE FROM upload_denial WHERE id = :id", ["id": denial])
            guard changed == 1 else { throw Conflict("There is no denial \(denial).") }
        }
    }
}

extension Connection {
    func denials(source: PackageName, key: Fingerprint, in archive: Archive) throws -> [UploadDenial] {
        try rows(Self.denialsAbout, ["archive": archive.id, "source": source, "key": key])
            .map(UploadDenial.init(row:))
    }

    static let denialsAbout = """
        SELECT * FROM upload_denial WHERE (archive IS NULL OR archive = :archive)
            AND (source IS NULL OR source = :source) AND (key IS NULL OR key = :key) ORDER BY id
        """
}

extension UploadDenial {
    /// Of a source or a key that it is about.
    public func covers(_ version: PackageVersion, suite: SuiteName?) -> Bool {
        (self.version ?? version) == version && (self.suite == nil || self.suite == suite)
    }

    /// "hello 1.0 for bookworm"; of a denial of all that a key signs, that key.
    public func what(signedBy key: Fingerprint) -> String {
        let place = suite.map { " for \($0)" } ?? ""
        guard let source else { return "What the key \(key) signs\(place)" }
        return "\(source)\(version.map { " \($0)" } ?? "")\(place)"
    }

    fileprivate init(row: ResultRow) throws {
        source = try row.optionalParsed("source") { PackageName($0) }
        version = try row.optionalParsed("version") { PackageVersion($0) }
        suite = try row.optionalParsed("suite") { SuiteName($0) }
        key = try row.optionalParsed("key") { Fingerprint($0) }
        reason = try row.text("reason")
    }
}
