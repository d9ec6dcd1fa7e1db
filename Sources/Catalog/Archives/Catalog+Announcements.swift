public import ArchiveModel

extension Catalog {
    /// Whoever is told of what an archive accepts: a mailing list, registered by an admin. `nil`: nobody.
    public func setAnnounce(_ address: MailAddress?, of archive: Archive) async throws {
        try await write { connection in
            try connection.execute(
                "UPDATE archive SET announce = :address WHERE id = :archive",
                ["address": address?.description, "archive": archive.id])
        }
    }
}

extension Connection {
    /// Queues what the archive's list is told of an upload that was accepted, in the transaction of that.
    func announce(_ upload: UploadRecord, in archive: Archive, by uploader: Person, now: Int64) throws {
        let row = try row("SELECT announce FROM archive WHERE id = :archive", ["archive": archive.id])
        guard upload.verdict.outcome == .accepted, let list = try row?.optionalParsed("announce", { MailAddress($0) })
        else { return }
        let letter = Letter(
            to: list, identity: "upload-\(upload.id)-announced",
            content: .announcement(Announcement(upload: upload.report, uploader: uploader.name)),
            reason: "it is sent to all who read what \(archive.reference) accepts")
        try queue([letter], now: now)
    }
}
