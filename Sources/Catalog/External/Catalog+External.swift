public import ArchiveModel

/// That a person agreed to terms of use; kept for ever. The text they signed is in the command log.
public struct TermsAgreement: Sendable, Hashable {
    public let version: String
    /// Unix seconds.
    public let agreed: Int64
    public let key: Fingerprint
}

extension Catalog {
    /// In the order in which they were given.
    public func agreements(of person: Person) async throws -> [TermsAgreement] {
        try await read { try $0.agreements(of: person) }
    }

    /// All that keeps a person from making one more external archive, as it stands.
    public func obstacles(to person: Person, _ rule: ExternalRule, now: Int64) async throws -> [Finding] {
        try await read { try $0.obstacles(to: person, rule, now: now) }
    }

    /// Makes an external archive by the same rules as the command.
    /// - Throws: `Conflict` with the first of them that stands against it.
    @discardableResult
    public func createExternal(_ new: NewArchive, by person: Person, _ rule: ExternalRule, now: Int64) async throws
        -> Archive
    {
        try await write { try $0.createExternal(new, by: person, rule, now: now) }
    }
}

extension CommandEffect {
    /// - Parameters:
    ///   - key: that signed the text.
    ///   - signature: of the text, as the command log has it.
    public static func agree(
        _ person: Person, to terms: TermsOfUse, key: Fingerprint, signature: String
    ) -> CommandEffect {
        CommandEffect { connection, now in
            let changed = try connection.execute(
                """
                INSERT INTO terms_agreement (person, version, agreed, signing_key, signature)
                VALUES (:person, :version, :now, :key, :signature) ON CONFLICT (person, version) DO NOTHING
                """,
                [
                    "person": person.id, "version": terms.version, "now": now, "key": key, "signature": signature,
                ])
            let said = "\(person.name) \(changed == 1 ? "agrees" : "had agreed already")"
            return ["\(said) to the terms of use of external archives, version \(terms.version) of \(terms.date)."]
        }
    }

    public static func createExternal(
        _ new: NewArchive, by person: Person, _ rule: ExternalRule
    ) -> CommandEffect {
        CommandEffect { connection, now in
            let archive = try connection.createExternal(new, by: person, rule, now: now)
            let suites = archive.suites.map(\.name.text).joined(separator: ", ")
            return ["\(archive.reference) is there, for \(suites). What it holds is \(person.name)'s to answer for."]
        }
    }
}

extension Connection {
    fileprivate func agreements(of person: Person) throws -> [TermsAgreement] {
        try rows(
            "SELECT * FROM terms_agreement WHERE person = :person ORDER BY agreed, version", ["person": person.id]
        ).map { row in
            TermsAgreement(
                version: try row.text("version"), agreed: try row.integer("agreed"),
                key: try row.parsed("signing_key") { Fingerprint($0) })
        }
    }

    fileprivate func createExternal(
        _ new: NewArchive, by person: Person, _ rule: ExternalRule, now: Int64
    ) throws -> Archive {
        if let obstacle = try obstacles(to: person, rule, now: now).first { throw Conflict(obstacle.sentence) }
        guard new.kind == .external, new.reference.owner == person.name else {
            throw Conflict("\(new.reference) would be no external archive of \(person.name)'s.")
        }
        return try createArchive(new, now: now)
    }

    fileprivate func obstacles(to person: Person, _ rule: ExternalRule, now: Int64) throws -> [Finding] {
        try [agreementMissing(person, rule.terms), barred(person), tooMany(person, rule, now: now)].compactMap(\.self)
    }

    private func agreementMissing(_ person: Person, _ terms: TermsOfUse) throws -> Finding? {
        let agreed = try agreements(of: person)
        guard !agreed.contains(where: { $0.version == terms.version }) else { return nil }
        let now = "The terms of use in force are version \(terms.version) of \(terms.date): \(terms.page)"
        let former = agreed.last.map { "\(person.name) has agreed to version \($0.version) only. " } ?? ""
        return Finding(
            .termsNotAgreed, "\(former)\(now)", expected: terms.version, got: agreed.last?.version,
            remedy:
                "Read them, and send the command agree-terms with \"Terms: \(terms.version)\"; what is there goes on as it is."
        )
    }

    private func barred(_ person: Person) throws -> Finding? {
        try externalBar(of: person.name).map { _ in
            Finding(
                .externalBarred, "\(person.name) is kept from external archives.",
                remedy: "Ask an admin, who may let you have them again.")
        }
    }

    /// One that was deleted counts for a day more: making and deleting costs as well.
    private func tooMany(_ person: Person, _ rule: ExternalRule, now: Int64) throws -> Finding? {
        if person.isAdmin { return nil }
        let count =
            try row(
                """
                SELECT count(*) AS archives FROM archive
                WHERE owner = :person AND kind = 'external'
                    AND (presence <> 'deleted' OR presence_since > :yesterday)
                """, ["person": person.id, "yesterday": now - 86_400])?.integer("archives") ?? 0
        guard count >= rule.archivesEach else { return nil }
        return Finding(
            .tooManyArchives, "\(person.name) has \(count) external archives.",
            expected: "at most \(rule.archivesEach)",
            remedy: "Delete one that is not needed any more, or ask an admin.")
    }
}
