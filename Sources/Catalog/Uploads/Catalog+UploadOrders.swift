internal import ArchiveModel
internal import DebianControl

extension Catalog {
    /// Orders something about an upload that waits, on an admin's word.
    /// - Returns: what will be done, as a sentence.
    /// - Throws: `Conflict` when there is no such upload, or it does not wait (for this).
    public func order(_ act: UploadAct, upload: Int64, now: Int64) async throws -> String {
        try await write { try $0.order(act, upload: upload, by: nil, now: now) }
    }

    public func orders(about upload: UploadIdentity) async throws -> UploadOrders {
        try await read { connection in
            try UploadOrders(
                rows: connection.rows(
                    """
                    SELECT r.act, r.due, r.reason, r.component, r.section, r.priority, o.name, o.is_admin
                    FROM upload_order r
                    JOIN upload u ON u.id = r.upload LEFT JOIN owner o ON o.id = r.person
                    WHERE u.session = :session AND u.path = :path AND u.sha256 = :sha256 ORDER BY r.id
                    """, ["session": upload.session, "path": upload.path, "sha256": upload.sha256]))
        }
    }

    /// The uploads of this signer that wait, oldest first.
    public func heldUploads(of signer: Person) async throws -> [UploadRecord] {
        try await read { connection in
            try connection.rows(
                "SELECT * FROM upload WHERE outcome = 'held' AND signer = :signer ORDER BY id",
                ["signer": signer.id]
            ).map(UploadRecord.init(row:))
        }
    }

    /// Who signed an upload, as far as a signature proved it.
    public func signer(ofUpload upload: Int64) async throws -> Person? {
        try await read { connection in
            try connection.row(Person.select + " JOIN upload u ON u.signer = o.id WHERE u.id = :id", ["id": upload])
                .map(Person.init(row:))
        }
    }
}

extension Catalog {
    /// Makes an upload that waits due at this time (Unix seconds), where it is not due before.
    public func look(at upload: UploadRecord, by time: Int64) async throws {
        try await write { connection in
            try connection.execute(
                """
                UPDATE upload SET retry_at = :time
                WHERE id = :upload AND retry_at > :time AND outcome = :held
                """, ["time": time, "upload": upload.id, "held": Verdict.Outcome.held.rawValue])
        }
    }
}

extension Connection {
    /// Makes the upload due at once, so that the next look heeds the order.
    func order(_ act: UploadAct, upload id: Int64, by person: Person?, now: Int64) throws -> String {
        let upload = try heldUpload(id)
        if case .admit = act { try guardInNew(upload) }
        try execute(
            """
            INSERT INTO upload_order (upload, act, person, due, reason, ordered, component, section, priority)
            VALUES (:upload, :act, :person, :due, :reason, :now, :component, :section, :priority)
            """,
            [
                "upload": id, "act": act.word, "person": person?.id, "due": act.due, "reason": act.reason, "now": now,
                "component": act.override?.component, "section": act.override?.section,
                "priority": act.override?.priority,
            ])
        try execute("UPDATE upload SET retry_at = :now WHERE id = :upload", ["now": now, "upload": id])
        return Self.sentence(act, upload)
    }

    /// A judgement that did not know of an order is none.
    func guardHeeded(_ heeded: Int?, ofUpload upload: Int64) throws {
        guard let heeded else { return }
        let row = try row("SELECT count(*) AS orders FROM upload_order WHERE upload = :upload", ["upload": upload])
        guard try row?.integer("orders") == Int64(heeded) else {
            throw Conflict("Something was ordered about upload \(upload) meanwhile.")
        }
    }

    private func heldUpload(_ id: Int64) throws -> UploadRecord {
        guard let upload = try row("SELECT * FROM upload WHERE id = :id", ["id": id]).map(UploadRecord.init(row:))
        else {
            throw Conflict("There is no upload \(id).")
        }
        guard upload.verdict.outcome == .held else {
            throw Conflict("Upload \(id) does not wait: it is \(upload.verdict.outcome.rawValue).")
        }
        return upload
    }

    private func guardInNew(_ upload: UploadRecord) throws {
        let row = try row("SELECT archive FROM waiting_source WHERE upload = :upload", ["upload": upload.id])
        guard row != nil else { throw Conflict("Upload \(upload.id) does not wait in NEW.") }
    }

    private static func sentence(_ act: UploadAct, _ upload: UploadRecord) -> String {
        let name = "Upload \(upload.id) (\(upload.verdict.subject ?? upload.identity.path))"
        return switch act {
        case .cancel: "\(name) is cancelled."
        case .reschedule(let due): "\(name) waits until \(UTCDate(secondsSince1970: due))."
        case .admit: "\(name) leaves NEW, and is judged again."
        case .refuse: "\(name) is refused."
        }
    }
}
