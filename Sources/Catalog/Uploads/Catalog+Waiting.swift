/// What uploads that wait take.
public struct WaitingExtent: Sendable, Hashable {
    public let uploads: Int64
    /// Of their sessions, on the disk.
    public let bytes: Int64

    public init(uploads: Int64, bytes: Int64) {
        self.uploads = uploads
        self.bytes = bytes
    }
}

extension Catalog {
    /// What waits besides this upload: of one signer, or of all. A session counts once, however many of its uploads wait, and
    /// that of this upload not at all.
    public func waitingExtent(
        of signer: Person?, besides upload: UploadIdentity
    ) async throws -> WaitingExtent {
        try await read { connection in
            let row = try connection.row(
                """
                SELECT coalesce(sum(uploads), 0) AS uploads, coalesce(sum(bytes), 0) AS bytes FROM (
                    SELECT count(*) AS uploads,
                        CASE WHEN session = :session THEN 0 ELSE max(held_bytes) END AS bytes
                    FROM upload WHERE outcome = 'held' AND NOT (session = :session AND path = :path)
                        AND (:signer IS NULL OR signer = :signer) GROUP BY session) AS waiting
                """, ["session": upload.session, "path": upload.path, "signer": signer?.id])
            guard let row else { throw CatalogFailure.noRow("waiting") }
            return WaitingExtent(uploads: try row.integer("uploads"), bytes: try row.integer("bytes"))
        }
    }

    /// The bytes by which an upload counts that waits; `nil` when it does not.
    public func heldBytes(of upload: UploadIdentity) async throws -> Int64? {
        try await read { connection in
            try connection.row(
                """
                SELECT held_bytes FROM upload
                WHERE session = :session AND path = :path AND sha256 = :sha256 AND outcome = 'held'
                """, ["session": upload.session, "path": upload.path, "sha256": upload.sha256]
            )?.integer("held_bytes")
        }
    }
}
