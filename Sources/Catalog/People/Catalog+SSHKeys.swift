public import ArchiveModel
public import SSHKeys

/// A key that opens the SFTP door, and for whom.
public struct RegisteredSSHKey: Sendable, Hashable {
    public let person: OwnerName
    public let key: SSHPublicKey
    /// In Unix seconds.
    public let added: Int64

    public init(person: OwnerName, key: SSHPublicKey, added: Int64) {
        self.person = person
        self.key = key
        self.added = added
    }
}

extension Catalog {
    /// All or none.
    /// - Throws: `Conflict` when a key is registered already, for whomever.
    public func addSSHKeys(_ keys: [SSHPublicKey], to person: Person, now: Int64) async throws {
        try await write { connection in
            for key in keys { try connection.addSSHKey(key, to: person, now: now) }
        }
    }

    /// - Parameter person: nil for everybody's.
    public func sshKeys(of person: Person?) async throws -> [RegisteredSSHKey] {
        guard let person else { return try await sshKeys("") }
        return try await sshKeys("WHERE k.person = :person", ["person": person.id])
    }

    /// The keys that open the door: not those of the blocked.
    /// - Parameter fingerprint: nil for all.
    public func admittedSSHKeys(_ fingerprint: SSHFingerprint?) async throws -> [RegisteredSSHKey] {
        guard let fingerprint else { return try await sshKeys("WHERE o.is_blocked = 0") }
        return try await sshKeys(
            "WHERE o.is_blocked = 0 AND k.fingerprint = :fingerprint", ["fingerprint": fingerprint])
    }

    private func sshKeys(
        _ condition: String, _ arguments: [String: any SQLArgument & Sendable] = [:]
    ) async throws -> [RegisteredSSHKey] {
        try await read { connection in
            try connection.rows(
                """
                SELECT o.name, k.type, k.blob, k.comment, k.added FROM ssh_key k JOIN owner o ON o.id = k.person
                \(condition) ORDER BY o.name, k.added, k.fingerprint
                """, arguments
            ).map(RegisteredSSHKey.init(row:))
        }
    }

    /// - Throws: `Conflict` when the person has no such key.
    public func removeSSHKey(_ fingerprint: SSHFingerprint, of person: Person) async throws {
        try await write { connection in
            let changed = try connection.execute(
                "DELETE FROM ssh_key WHERE fingerprint = :fingerprint AND person = :person",
                ["fingerprint": fingerprint, "person": person.id])
            guard changed == 1 else { throw Conflict("\(person.name) has no SSH key \(fingerprint).") }
        }
    }
}

extension Connection {
    fileprivate func addSSHKey(_ key: SSHPublicKey, to person: Person, now: Int64) throws {
        let known = try row(
            "SELECT o.name FROM ssh_key k JOIN owner o ON o.id = k.person WHERE k.fingerprint = :fingerprint",
            ["fingerprint": key.fingerprint])
        if let known {
            throw Conflict("The SSH key \(key.fingerprint) is registered already, for \(try known.text("name")).")
        }
        try execute(
            """
            INSERT INTO ssh_key (fingerprint, person, type, blob, comment, added)
            VALUES (:fingerprint, :person, :type, :blob, :comment, :now)
            """,
            [
                "fingerprint": key.fingerprint, "person": person.id, "type": key.type.rawValue, "blob": key.blob,
                "comment": key.comment, "now": now,
            ])
    }
}

extension RegisteredSSHKey {
    fileprivate init(row: ResultRow) throws {
        person = try row.parsed("name") { OwnerName($0) }
        key = try SSHPublicKey(
            type: row.parsed("type") { SSHKeyType(rawValue: $0) }, blob: row.bytes("blob"), comment: row.text("comment")
        )
        added = try row.integer("added")
    }
}
