public import ArchiveModel

/// A registered person.
public struct Person: Sendable, Hashable {
    public let id: Int64
    public let name: OwnerName
    public let mail: MailAddress
    public let isBlocked: Bool
    /// Decides about NEW, and about everybody's uploads that wait.
    public let isAdmin: Bool
}

/// Whose key signed something.
public enum Signer: Sendable, Hashable {
    case person(Person, isKeyBlocked: Bool)
    case builder(id: Int64, name: String, isKeyBlocked: Bool)
}

extension Catalog {
    /// Registers a person with the primary fingerprints of their keys.
    /// - Throws: `Conflict` when the name or a key is taken.
    @discardableResult
    public func addPerson(_ name: OwnerName, mail: MailAddress, keys: [Fingerprint], now: Int64) async throws -> Int64 {
        try await write { connection in
            guard try connection.row("SELECT id FROM owner WHERE name = :name", ["name": name]) == nil else {
                throw Conflict("There is a person or team \(name) already.")
            }
            let person = try connection.insert(
                "INSERT INTO owner (name, sort, mail, created) VALUES (:name, 'person', :mail, :now) RETURNING id",
                ["name": name, "mail": mail.description, "now": now])
            for key in keys { try connection.addKey(key, to: person, now: now) }
            return person
        }
    }

    /// Who a primary fingerprint belongs to.
    public func signer(_ key: Fingerprint) async throws -> Signer? {
        try await read { try $0.signer(key) }
    }

    public func person(named name: OwnerName) async throws -> Person? {
        try await read { connection in
            try connection.row(Person.select + " WHERE o.name = :name AND o.sort = 'person'", ["name": name])
                .map(Person.init(row:))
        }
    }

    public func people() async throws -> [Person] {
        try await read {
            try $0.rows(Person.select + " WHERE o.sort = 'person' ORDER BY o.name").map(Person.init(row:))
        }
    }

    public func keys(of person: Person) async throws -> [Fingerprint] {
        try await read { connection in
            try connection.rows(
                "SELECT fingerprint FROM person_key WHERE person = :person ORDER BY added, fingerprint",
                ["person": person.id]
            ).map { try $0.parsed("fingerprint") { Fingerprint($0) } }
        }
    }

    /// A blocked person's uploads and commands are refused; what is published stays.
    public func setBlocked(_ isBlocked: Bool, person: Person) async throws {
        try await write { connection in
            try connection.execute(
                "UPDATE owner SET is_blocked = :blocked WHERE id = :id", ["blocked": isBlocked, "id": person.id])
        }
    }

    public func setAdmin(_ isAdmin: Bool, person: Person) async throws {
        try await write { connection in
            try connection.execute(
                "UPDATE owner SET is_admin = :admin WHERE id = :id", ["admin": isAdmin, "id": person.id])
        }
    }

    /// A blocked key's uploads and commands are refused; the person's other keys go on. That of a builder builds no more.
    /// - Throws: `Conflict` when nobody has the key.
    public func setBlocked(_ isBlocked: Bool, key: Fingerprint) async throws {
        try await write { try $0.setBlocked(isBlocked, key: key) }
    }

    /// - Throws: `Conflict` when the key is registered already, for whomever.
    public func addKey(_ key: Fingerprint, to person: Person, now: Int64) async throws {
        try await write { try $0.addKey(key, to: person.id, now: now) }
    }

    public func ownerExists(_ name: OwnerName) async throws -> Bool {
        try await read { try $0.row("SELECT id FROM owner WHERE name = :name", ["name": name]) != nil }
    }

    public func builderKey(_ name: String) async throws -> Fingerprint? {
        try await read { connection in
            try connection.row("SELECT fingerprint FROM builder WHERE name = :name", ["name": name])
                .map { try $0.parsed("fingerprint") { Fingerprint($0) } }
        }
    }

    /// Registers the key a builder signs its results with; a builder of that name gets the new key.
    public func setBuilder(_ name: String, key: Fingerprint) async throws {
        try await write { connection in
            try connection.execute(
                """
                INSERT INTO builder (name, fingerprint) VALUES (:name, :key)
                ON CONFLICT (name) DO UPDATE SET fingerprint = excluded.fingerprint,
                    is_blocked = CASE WHEN builder.fingerprint = excluded.fingerprint THEN is_blocked ELSE 0 END
                """, ["name": name, "key": key])
        }
    }
}

extension Connection {
    /// - Parameter old: the person's key that asks for it; nil where an admin does.
    func addKey(_ key: Fingerprint, to person: Int64, by old: Fingerprint? = nil, now: Int64) throws {
        guard try signer(key) == nil else { throw Conflict("The key \(key) is registered already.") }
        try execute(
            "INSERT INTO person_key (fingerprint, person, added, added_by) VALUES (:key, :person, :now, :old)",
            ["key": key, "person": person, "now": now, "old": old?.text])
    }

    func signer(_ key: Fingerprint) throws -> Signer? {
        let person = try row(
            Person.select + " JOIN person_key k ON k.person = o.id WHERE k.fingerprint = :key", ["key": key])
        if let person {
            let isBlocked = try row("SELECT is_blocked FROM person_key WHERE fingerprint = :key", ["key": key])
            return .person(try Person(row: person), isKeyBlocked: try isBlocked?.flag("is_blocked") ?? true)
        }
        return try row("SELECT id, name, is_blocked FROM builder WHERE fingerprint = :key", ["key": key]).map {
            .builder(
                id: try $0.integer("id"), name: try $0.text("name"), isKeyBlocked: try $0.flag("is_blocked"))
        }
    }
}

extension Person {
    static let select = "SELECT o.id, o.name, o.mail, o.is_blocked, o.is_admin FROM owner o"

    init(row: ResultRow) throws {
        id = try row.integer("id")
        name = try row.parsed("name") { OwnerName($0) }
        mail = try row.parsed("mail") { MailAddress($0) }
        isBlocked = try row.flag("is_blocked")
        isAdmin = try row.flag("is_admin")
    }
}
