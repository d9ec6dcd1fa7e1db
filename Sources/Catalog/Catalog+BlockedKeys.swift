public import ArchiveModel

extension CommandEffect {
    /// Blocks a key, and says what it has signed; or takes it again.
    public static func setBlocked(_ isBlocked: Bool, key: Fingerprint) -> CommandEffect {
        CommandEffect { connection, _ in
            try connection.setBlocked(isBlocked, key: key)
            guard isBlocked else { return ["The key \(key) acts again."] }
            return ["The key \(key) is blocked: nothing that it signs acts here."] + (try connection.signed(by: key))
        }
    }
}

extension Connection {
    func setBlocked(_ isBlocked: Bool, key: Fingerprint) throws {
        let changed = try execute(
            "UPDATE person_key SET is_blocked = :blocked WHERE fingerprint = :key", ["blocked": isBlocked, "key": key])
        guard changed == 1 else { throw Conflict("The key \(key) is registered for nobody.") }
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
        return lines + rest + ["It signed \(commands) texts of commands before this: slipway command log has them."]
    }
}
