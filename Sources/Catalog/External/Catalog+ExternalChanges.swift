internal import ArchiveModel
internal import DebianControl

extension Catalog {
    /// Queues what an admin changed at the machine, for whoever answers for an external archive; of others nothing.
    public func tellOwner(of archive: Archive, _ sentence: String, now: Int64) async throws {
        guard archive.kind == .external else { return }
        try await write { try $0.tellOwner(of: archive, changedAtTheMachine: sentence, now: now) }
    }
}

/// Whoever answers for an external archive is told of all that others change in it.
extension Connection {
    func tellOwner(of archive: Archive, changedAtTheMachine sentence: String, now: Int64) throws {
        let number = try row("SELECT coalesce(max(id), 0) AS last FROM mail")?.integer("last") ?? 0
        try tellOwner(
            of: archive, changedBy: nil, [sentence], identity: "external-\(archive.id)-\(number)-\(now)", now: now)
    }

    /// - Parameters:
    ///   - person: who changed it; nil where it was the service, or an admin at the machine.
    ///   - identity: of the event.
    func tellOwner(
        of archive: Archive, changedBy person: OwnerName?, _ sentences: [String], identity: String, now: Int64
    ) throws {
        guard archive.kind == .external else { return }
        let notice = Notice(
            archive: archive.reference, kind: archive.kind, title: "a change by \(person?.text ?? "the service")",
            sentences: sentences)
        let letters = try keepers(ofArchive: archive.id).filter { $0.name != person }.map { keeper in
            Letter(
                to: keeper.mail, identity: identity, content: .notice(notice),
                reason: "you answer for \(archive.reference)")
        }
        try queue(letters, now: now)
    }

    /// Of an upload, or a build's result.
    func tellOwner(ofAccepted decision: Decision, upload: Int64, archive: Int64?, now: Int64) throws {
        guard decision.verdict.outcome == .accepted, let archive,
            let external = try row(
                "SELECT * FROM archive WHERE id = :archive AND kind = 'external'", ["archive": archive]
            ).map({ try self.archive(row: $0) })
        else { return }
        let what = decision.verdict.subject ?? decision.report.changesName
        let place = decision.verdict.suite.map { " into \($0)" } ?? ""
        try tellOwner(
            of: external, changedBy: decision.signer?.name, ["\(what) was accepted\(place)."],
            identity: "upload-\(upload)-external", now: now)
    }

    /// Of commands that were carried out.
    func tellOwners(of order: CommandOrder, _ report: CommandReport, now: Int64) throws {
        guard !report.isDryRun else { return }
        for (index, result) in report.results.enumerated() where result.isDone {
            for archive in try archives(namedIn: result.paragraph) {
                try tellOwner(
                    of: archive, changedBy: order.signer?.name, result.sentences,
                    identity: "external-\(archive.id)-\(order.signature.prefix(32))-\(index)", now: now)
            }
        }
    }

    /// The archives that a paragraph of commands says to change.
    func archives(namedIn paragraph: String) throws -> [Archive] {
        guard let fields = try? ControlParagraph(parsing: paragraph) else { return [] }
        let references = Self.fieldsOfArchives.compactMap { name in
            fields[name].flatMap { ArchiveReference($0.trimmingPrefix(while: \.isWhitespace).description) }
        }
        var seen: Set<ArchiveReference> = []
        return try (references + places(namedIn: fields)).filter { seen.insert($0).inserted }.compactMap {
            try archive($0)
        }
    }

    /// Where the build is made, or what the upload is for, that a paragraph names by its number.
    private func places(namedIn fields: ControlParagraph) throws -> [ArchiveReference] {
        let build = try number("Build", in: fields).flatMap { try self.build($0) }
        let upload = try number("Upload", in: fields).flatMap { number in
            try row("SELECT * FROM upload WHERE id = :id", ["id": number]).map(UploadRecord.init(row:))
        }
        return [build?.archive, upload?.verdict.archive].compactMap(\.self)
    }

    private func number(_ field: String, in paragraph: ControlParagraph) -> Int64? {
        paragraph[field].flatMap { Int64($0.filter { !$0.isWhitespace }) }
    }

    /// Of all actions, those that name what is changed; `From` is only read.
    private static let fieldsOfArchives = ["Ppa", "In", "To", "Archive"]
}
