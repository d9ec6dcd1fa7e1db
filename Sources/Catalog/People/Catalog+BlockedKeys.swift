public import ArchiveModel

extension Catalog {
    /// Nothing that the key signs acts here, or nothing that its person signs.
    public func isBlocked(_ key: Fingerprint) async throws -> Bool { try await read { try $0.isBlocked(key) } }
}

extension CommandEffect {
    /// Blocks a key, and says what it has signed; or takes it again.
    public static func setBlocked(_ isBlocked: Bool, key: Fingerprint) -> CommandEffect {
        CommandEffect { connection, _ in
            let putBack = try connection.setBlocked(isBlocked, key: key)
            guard isBlocked else { return ["The key \(key) acts again."] }
            let builds = putBack > 0 ? ["\(putBack) of its builds were under way, and are wanted again."] : []
            return builds + ["The key \(key) is blocked: nothing that it signs acts here."]
                + (try connection.signed(by: key))
        }
    }
}

extension Connection {
    /// - Returns: how many builds of a blocked builder were put back.
    @discardableResult
    func setBlocked(_ isBlocked: Bool, key: Fingerprint) throws -> Int {
        let changed = try ["person_key", "builder"].map { table in
            try execute(
                "UPDATE \(table) SET is_blocked = :blocked WHERE fingerprint = :key",
                ["blocked": isBlocked, "key": key])
        }
        guard changed != [0, 0] else { throw Conflict("The key \(key) is registered for nobody.") }
        return isBlocked ? try putBackBuilds(where: "builder_key = :key", ["key": key]) : 0
    }

    /// The key, or its person, may have been blocked since its signature was looked at, by the paragraph before for one. That
    /// it is registered is asked there: no key is ever forgotten.
    /// - Throws: `Conflict` when it is blocked.
    func guardActs(_ key: Fingerprint) throws {
        guard try isBlocked(key) else { return }
        throw Conflict("The signer, or the key \(key), is blocked by now.")
    }

    func isBlocked(_ key: Fingerprint) throws -> Bool {
        switch try signer(key) {
        case .person(let person, let isKeyBlocked): person.isBlocked || isKeyBlocked
        case .builder(_, _, let isKeyBlocked): isKeyBlocked
        case nil: false
        }
    }

    /// The newest of what was signed, as an answer of a thousand lines is read by nobody.
    private static let namedSources = 50

    /// The sources and the texts of commands that a key has signed, in sentences, newest first.
    fileprivate func signed(by key: Fingerprint) throws -> [String] {
        let sources = try rows(
            """
            SELECT s.name, s.version, r.reference, t.name AS suite, p.state FROM source s
            JOIN source_publication p ON p.source = s.id JOIN archive_suite a ON a.id = p.archive_suite
            JOIN archive r ON r.id = a.archive JOIN suite t ON t.id = a.suite
            WHERE s.signing_key = :key ORDER BY p.id DESC
            """, ["key": key])
        let lines = try sources.prefix(Self.namedSources).map { row in
            "It signed \(try row.text("name")) \(try row.text("version")) for \(try row.text("reference")), \(try row.text("suite")): \(try row.text("state"))."
        }
        let rest = sources.count > lines.count ? ["It signed \(sources.count - lines.count) more."] : []
        let commands =
            try row(
                "SELECT count(*) AS texts FROM command_log WHERE signing_key = :key", ["key": key])?.integer("texts")
            ?? 0
        let added = try rows(
            "SELECT fingerprint FROM person_key WHERE added_by = :key AND is_blocked = 0 ORDER BY added", ["key": key]
        ).map {
            "It added the key \(try $0.text("fingerprint")), which acts still: revoke that as well, unless it is yours."
        }
        return added + lines + rest + [
            "It signed \(commands) texts of commands before this: slipway command log has them."
        ]
    }
}
