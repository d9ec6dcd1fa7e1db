public import ArchiveModel

/// How many keys people may add by themselves.
public struct KeyLimits: Sendable {
    /// Keys of one person that act at a time: people have a few machines and smart cards; more are a leak that nobody sees.
    public var acting = 10
    /// Keys that one person may add in a day, also those that are revoked again: each stays in the keyring for ever, and every
    /// signature is checked with all of it.
    public var aDay = 10

    public init() {}
}

/// How many a person has.
public struct KeyCount: Sendable, Hashable {
    /// Neither revoked here nor blocked.
    public let acting: Int
    /// Added by the person within a day.
    public let ofDay: Int
}

/// A key that is registered, and that the keyring has to learn.
public struct KeyToEnter: Sendable {
    public let fingerprint: Fingerprint
    /// As it came.
    public let key: [UInt8]
}

extension Catalog {
    /// - Parameter now: Unix seconds.
    public func keyCount(of person: Person, now: Int64) async throws -> KeyCount {
        try await read { try $0.keyCount(of: person, now: now) }
    }

    public func keysToEnter() async throws -> [KeyToEnter] {
        try await read { connection in
            try connection.rows("SELECT fingerprint, key FROM key_to_enter ORDER BY fingerprint").map {
                KeyToEnter(
                    fingerprint: try $0.parsed("fingerprint") { Fingerprint($0) }, key: try $0.bytes("key"))
            }
        }
    }

    /// Of people and builders, also those that are blocked.
    public func registeredKeys() async throws -> Set<Fingerprint> {
        try await read { connection in
            let keys = try connection.rows(
                "SELECT fingerprint FROM person_key UNION SELECT fingerprint FROM builder")
            return Set(try keys.map { try $0.parsed("fingerprint") { Fingerprint($0) } })
        }
    }

    /// The keyring has it, or will not have it.
    public func noteEntered(_ key: KeyToEnter) async throws {
        try await write { connection in
            try connection.execute(
                "DELETE FROM key_to_enter WHERE fingerprint = :key", ["key": key.fingerprint])
        }
    }
}

extension CommandEffect {
    /// Registered first, and entered into the keyring after: what is refused in the end was never in there.
    /// - Parameters:
    ///   - data: the key as it came.
    ///   - old: that asks for it; in the end it has to act still.
    public static func addKey(
        _ key: Fingerprint, _ data: [UInt8], to person: Person, signedBy old: Fingerprint, limits: KeyLimits
    ) -> CommandEffect {
        CommandEffect { connection, now in
            guard case .person(let owner, isKeyBlocked: false)? = try connection.signer(old), owner.id == person.id,
                !owner.isBlocked
            else { throw Conflict("The key \(old) does not act for \(person.name) any more.") }
            let count = try connection.keyCount(of: person, now: now)
            guard count.acting < limits.acting else {
                throw Conflict("\(person.name) has \(limits.acting) keys already.")
            }
            guard count.ofDay < limits.aDay else {
                throw Conflict("\(person.name) has added \(limits.aDay) keys within a day.")
            }
            try connection.addKey(key, to: person.id, by: old, now: now)
            try connection.execute(
                "INSERT INTO key_to_enter (fingerprint, key) VALUES (:key, :data)", ["key": key, "data": data])
            return [
                "The key \(key) acts for \(person.name) from now on. Whoever did not want that, revokes it (revoke-key)."
            ]
        }
    }
}

extension Connection {
    fileprivate func keyCount(of person: Person, now: Int64) throws -> KeyCount {
        let row = try row(
            """
            SELECT count(*) FILTER (WHERE is_blocked = 0) AS acting,
                count(*) FILTER (WHERE added_by IS NOT NULL AND added > :since) AS of_day
            FROM person_key WHERE person = :person
            """, ["person": person.id, "since": now - 86_400])
        return KeyCount(
            acting: Int(try row?.integer("acting") ?? 0), ofDay: Int(try row?.integer("of_day") ?? 0))
    }
}
