public import ArchiveModel
internal import DebianControl

/// Reminders of rights and keys that end: 180, 90 and 30 days before, each once. A letter's identity says of which day and how many
/// days before, so that repeating costs nothing but a look.
extension Catalog {
    private static let days: [Int64] = [180, 90, 30]

    /// Reminds the holders of rights that end, and whoever gave them.
    /// - Returns: how many letters were queued.
    public func remindOfRights(now: Int64) async throws -> Int {
        let horizon = now + (Self.days.max() ?? 0) * 86_400
        let rights = try await read { try $0.rightsEnding(after: now, until: horizon) }
        var letters = 0
        for right in rights {
            letters += try await write { try $0.remind(of: right, days: Self.step(right.until, now), now: now) }
        }
        return letters
    }

    /// Reminds people of their keys that end.
    /// - Parameter keys: when they expire, in Unix seconds.
    /// - Returns: how many letters were queued.
    public func remindOfKeys(_ keys: [Fingerprint: Int64], now: Int64) async throws -> Int {
        var letters = 0
        for (key, expires) in keys where expires > now {
            guard let days = Self.step(expires, now) else { continue }
            letters += try await write { try $0.remind(ofKey: key, expires: expires, days: days, now: now) }
        }
        return letters
    }

    /// The reminder that is due: the last whose day has come.
    private static func step(_ end: Int64, _ now: Int64) -> Int64? {
        days.filter { end - now <= $0 * 86_400 }.min()
    }
}

private struct EndingRight {
    let id: Int64
    let archive: Int64
    let owner: Int64
    let giver: Int64?
    let until: Int64
    let right: UploadRight
}

extension Connection {
    fileprivate func rightsEnding(after now: Int64, until horizon: Int64) throws -> [EndingRight] {
        try rows(
            """
            SELECT r.* FROM upload_right r JOIN archive a ON a.id = r.archive
            WHERE r.until > :now AND r.until <= :horizon AND a.presence = 'shown' ORDER BY r.until, r.id
            """, ["now": now, "horizon": horizon]
        ).map { row in
            EndingRight(
                id: try row.integer("id"), archive: try row.integer("archive"), owner: try row.integer("owner"),
                giver: try row.optionalInteger("giver"), until: try row.integer("until"),
                right: try UploadRight(row: row))
        }
    }

    fileprivate func remind(of right: EndingRight, days: Int64?, now: Int64) throws -> Int {
        guard let days, let archive = try archive(id: right.archive), let holder = try ownerName(right.owner) else {
            return 0
        }
        let notice = Notice(
            archive: archive.reference, kind: archive.kind, title: "\(holder)'s right ends on \(Self.day(right.until))",
            sentences: [
                "\(holder) may upload \(right.right.words), to \(archive.reference), and no longer.",
                "Whoever rules the archive prolongs it: grant, with the same fields and a later Until.",
            ])
        let people = try people(of: right.owner) + givers(of: right)
        return try queueNew(
            notice, identity: "right-\(right.id)-\(right.until)-\(days)", to: people,
            reason: "you have, or gave, a right in \(archive.reference)", now: now)
    }

    fileprivate func remind(ofKey key: Fingerprint, expires: Int64, days: Int64, now: Int64) throws -> Int {
        guard case .person(let person, isKeyBlocked: false)? = try signer(key), !person.isBlocked else { return 0 }
        let notice = Notice(
            archive: nil, title: "Your key expires on \(Self.day(expires))",
            sentences: [
                "The key \(key), which is registered here as yours, expires on \(Self.day(expires)). What it signs after that is refused.",
                "Extend it, or make another, and register that before: the add-key command, or the admin of this service.",
            ])
        return try queueNew(
            notice, identity: "key-\(key.text.prefix(40))-\(expires)-\(days)", to: [person],
            reason: "the key is registered here as yours", now: now)
    }

    private static func day(_ seconds: Int64) -> String { UTCDate(secondsSince1970: seconds - 1).dayText }

    /// To each once.
    /// - Returns: how many were not queued before.
    private func queueNew(
        _ notice: Notice, identity: String, to people: [Person], reason: String, now: Int64
    ) throws -> Int {
        var seen: Set<Int64> = []
        let letters = try people.filter { seen.insert($0.id).inserted }.map { person in
            Letter(
                to: person.mail, identity: "\(identity)-\(person.id)", content: .notice(notice), reason: reason)
        }.filter { letter in
            try row("SELECT id FROM mail WHERE identity = :identity", ["identity": letter.identity]) == nil
        }
        try queue(letters, now: now)
        return letters.count
    }

    /// The person, or the members of the team, that are not blocked.
    private func people(of owner: Int64) throws -> [Person] {
        try rows(
            """
            \(Person.select) WHERE o.sort = 'person' AND o.is_blocked = 0
                AND (o.id = :owner OR o.id IN (SELECT person FROM team_member WHERE team = :owner)) ORDER BY o.id
            """, ["owner": owner]
        ).map(Person.init(row:))
    }

    private func givers(of right: EndingRight) throws -> [Person] {
        guard let giver = right.giver else { return try keepers(ofArchive: right.archive) }
        return try people(of: giver)
    }

    private func ownerName(_ id: Int64) throws -> OwnerName? {
        try row("SELECT name FROM owner WHERE id = :id", ["id": id])?.parsed("name") { OwnerName($0) }
    }
}
