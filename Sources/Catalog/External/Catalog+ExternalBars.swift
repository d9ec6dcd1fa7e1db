public import ArchiveModel

/// That a person is kept from external archives.
public struct ExternalBar: Sendable, Hashable {
    public let person: OwnerName
    /// Unix seconds.
    public let since: Int64
    public let reason: String
}

extension Catalog {
    /// Whoever is kept from external archives, in order of name.
    public func externalBars() async throws -> [ExternalBar] {
        try await read { try $0.externalBars() }
    }

    public func externalBar(of person: OwnerName) async throws -> ExternalBar? {
        try await read { try $0.externalBar(of: person) }
    }
}

extension Catalog {
    /// Why a person may do nothing with an archive: they, or its owner, are kept from all external ones, and it is one.
    public func barKeeping(_ person: Person, from archive: Archive) async throws -> ExternalBar? {
        try await read { try $0.barKeeping(person, from: archive) }
    }

    /// - Returns: what was done, as a sentence.
    /// - Throws: `Conflict` when there is no such person, or nothing to be done.
    public func setBarred(_ isBarred: Bool, _ person: OwnerName, reason: String, now: Int64) async throws -> String {
        try await write { try $0.setBarred(isBarred, person, reason: reason, now: now) }
    }
}

extension CommandEffect {
    /// Keeps a person from external archives, or does so no more.
    public static func setBarred(_ isBarred: Bool, _ person: OwnerName, reason: String) -> CommandEffect {
        CommandEffect { try [$0.setBarred(isBarred, person, reason: reason, now: $1)] }
    }
}

extension Connection {
    /// Why a person may do nothing with an external archive: they, or its owner, are kept from all of them. Admins may.
    func barKeeping(_ person: Person, from archive: Archive) throws -> ExternalBar? {
        guard archive.kind == .external, !person.isAdmin else { return nil }
        for name in [person.name, archive.reference.owner].compactMap(\.self) {
            if let bar = try externalBar(of: name) { return bar }
        }
        return nil
    }

    /// Somebody may have been kept from external archives since the upload was judged.
    func guardNotBarred(_ archive: Archive, signer: Fingerprint) throws {
        guard archive.kind == .external else { return }
        let person: OwnerName? = if case .person(let person, _)? = try self.signer(signer) { person.name } else { nil }
        for name in [person, archive.reference.owner].compactMap(\.self) where try externalBar(of: name) != nil {
            throw Conflict("\(name) is kept from external archives by now.")
        }
    }

    fileprivate func externalBars() throws -> [ExternalBar] {
        try rows(
            "SELECT o.name, b.since, b.reason FROM external_bar b JOIN owner o ON o.id = b.person ORDER BY o.name"
        ).map(ExternalBar.init(row:))
    }

    func externalBar(of person: OwnerName) throws -> ExternalBar? {
        try row(
            """
            SELECT o.name, b.since, b.reason FROM external_bar b JOIN owner o ON o.id = b.person WHERE o.name = :name
            """, ["name": person]
        ).map(ExternalBar.init(row:))
    }

    /// - Returns: what was done, as a sentence.
    /// - Throws: `Conflict` when there is no such person, or nothing to be done.
    func setBarred(_ isBarred: Bool, _ person: OwnerName, reason: String, now: Int64) throws -> String {
        guard
            let row = try row("SELECT id FROM owner WHERE name = :name AND sort = 'person'", ["name": person])
        else { throw Conflict("There is no person \(person).") }
        let id = try row.integer("id")
        guard isBarred else {
            let changed = try execute("DELETE FROM external_bar WHERE person = :person", ["person": id])
            guard changed == 1 else { throw Conflict("\(person) is not kept from external archives.") }
            return "\(person) may have external archives again."
        }
        try execute(
            """
            INSERT INTO external_bar (person, since, reason) VALUES (:person, :now, :reason)
            ON CONFLICT (person) DO UPDATE SET reason = excluded.reason
            """, ["person": id, "now": now, "reason": reason])
        return "\(person) is kept from external archives: they make none, and upload to none."
    }
}

extension ExternalBar {
    fileprivate init(row: ResultRow) throws {
        person = try row.parsed("name") { OwnerName($0) }
        since = try row.integer("since")
        reason = try row.text("reason")
    }
}
