public import ArchiveModel

extension Catalog {
    /// How many PPAs a person or a team has. One that was deleted counts for a day more: making and deleting costs as well.
    public func ppas(of owner: OwnerName, now: Int64) async throws -> Int64 {
        try await read { try $0.ppas(of: owner, now: now) }
    }

    /// The key signs an archive.
    public func isSigningKey(_ key: Fingerprint) async throws -> Bool {
        try await read { try $0.row("SELECT id FROM archive WHERE signing_key = :key LIMIT 1", ["key": key]) != nil }
    }
}

extension CommandEffect {
    /// The same, which makes a PPA for this owner, unless they have as many as they may have.
    public func makingPPA(of owner: OwnerName, by person: Person, _ rule: QuotaRule) -> CommandEffect {
        CommandEffect { [apply] connection, now in
            if let limit = rule.ppasEach, try !connection.current(person).isAdmin,
                try connection.ppas(of: owner, now: now) >= limit
            {
                throw Conflict("~\(owner) has \(limit) PPAs already.")
            }
            return try apply(connection, now)
        }
    }
}

extension Connection {
    fileprivate func ppas(of owner: OwnerName, now: Int64) throws -> Int64 {
        try row(
            """
            SELECT count(*) AS ppas FROM archive a JOIN owner o ON o.id = a.owner
            WHERE o.name = :owner AND a.kind = 'ppa' AND (a.presence <> 'deleted' OR a.presence_since > :yesterday)
            """, ["owner": owner, "yesterday": now - 86_400])?.integer("ppas") ?? 0
    }
}
