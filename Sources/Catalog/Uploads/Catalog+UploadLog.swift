public import ArchiveModel
public import DebianControl

/// A line of an external archive's log of uploads, which everybody may read: nothing in it is free text of whoever sent it.
public struct LoggedUpload: Sendable, Hashable {
    public let id: Int64
    /// Unix seconds.
    public let decided: Int64
    public let signer: OwnerName
    /// nil where the fields of the upload could not be read.
    public let package: PackageName?
    public let version: PackageVersion?
    public let suite: SuiteName?
    public let outcome: Verdict.Outcome
}

extension Catalog {
    /// What was accepted and refused, by whom, newest first; at most `limit`, of those older than `upload`.
    public func uploadLog(of archive: Archive, before upload: Int64? = nil, limit: Int) async throws -> [LoggedUpload] {
        try await read { connection in
            try connection.rows(
                """
                SELECT u.id, u.decided, u.outcome, u.verdict, o.name AS signer_name
                FROM upload u JOIN owner o ON o.id = u.signer
                WHERE u.archive = :archive AND u.outcome IN ('accepted', 'rejected') AND (u.id < :before OR :before IS NULL)
                ORDER BY u.id DESC LIMIT :limit
                """, ["archive": archive.id, "before": upload, "limit": limit]
            ).map(LoggedUpload.init(row:))
        }
    }
}

extension Connection {
    /// The external archive in whose log a refusal stands. It does not, when its signer might not upload there, or somebody
    /// else may have sent it: a stranger writes nothing into the log.
    func archiveLogging(_ decision: Decision) throws -> Int64? {
        guard decision.verdict.outcome == .rejected, decision.signer != nil, let reference = decision.verdict.archive,
            Self.codesOfStrangers.isDisjoint(with: decision.verdict.findings.map(\.code))
        else { return nil }
        return try row(
            "SELECT id FROM archive WHERE reference = :reference AND kind = 'external'",
            ["reference": reference.description])?.integer("id")
    }

    private static let codesOfStrangers = Set(
        [
            FindingCode.noRight, .signatureSeen, .signatureTooOld, .signerBlocked, .blockedKey, .blockedPerson,
            .externalBarred,
        ].map(\.rawValue))
}

extension LoggedUpload {
    fileprivate init(row: ResultRow) throws {
        let verdict = try JSONText.decode(Verdict.self, try row.text("verdict"))
        id = try row.integer("id")
        decided = try row.integer("decided")
        signer = try row.parsed("signer_name") { OwnerName($0) }
        version = verdict.version.flatMap { PackageVersion($0) }
        package = version == nil ? nil : verdict.package.flatMap { PackageName($0) }
        suite = verdict.suite
        outcome = verdict.outcome
    }
}
