internal import ArchiveModel

/// How many letters one person is sent within a time. Whatever is above comes together, in letters that hold others.
public struct LetterRate: Sendable, Hashable {
    /// At least 1. A letter that holds others is one.
    public let letters: Int64
    /// In seconds.
    public let time: Int64
    /// How many letters one holds at most; at least 2.
    public let held: Int64

    public init(letters: Int64, time: Int64, held: Int64) {
        self.letters = max(1, letters)
        self.time = time
        self.held = max(2, held)
    }
}

extension Connection {
    /// Puts letters that are due and above the rate into one letter for each person; where the rate is used up already,
    /// they wait until it is not. What an archive announces is for a list, and goes as it is.
    ///
    /// A letter that was put into another counts as sent, as the other is in the outbox from then on.
    func collect(above rate: LetterRate, now: Int64) throws {
        let people = try rows(
            """
            SELECT recipient, count(*) AS due FROM mail WHERE \(Self.canBeHeld)
                AND recipient NOT IN (SELECT announce FROM archive WHERE announce IS NOT NULL)
            GROUP BY recipient
            """, ["now": now])
        for person in people {
            let recipient = try person.text("recipient")
            let due = try person.integer("due")
            let free = try rate.letters - underWay(to: recipient, since: now - rate.time)
            if due <= free { continue }
            if free > 0 { try collect(dueTo: recipient, due: due, free: free, rate, now: now) }
            let isEnough = free > 0 && due <= free * rate.held
            if !isEnough { try postpone(dueTo: recipient, rate, now: now) }
        }
    }

    /// Letters sent since then, and letters that hold others and wait.
    private func underWay(to recipient: String, since time: Int64) throws -> Int64 {
        try row(
            """
            SELECT (SELECT count(*) FROM mail WHERE recipient = :recipient AND sent > :time AND collected_in IS NULL)
                + (SELECT count(*) FROM mail WHERE recipient = :recipient AND state = 'queued'
                    AND identity LIKE 'collected-%') AS letters
            """, ["recipient": recipient, "time": time]
        )?.integer("letters") ?? 0
    }

    /// Brings what is due into `free` letters, as far as these hold it: as few as possible hold others, and the oldest go
    /// by themselves.
    private func collect(dueTo recipient: String, due: Int64, free: Int64, _ rate: LetterRate, now: Int64) throws {
        let holders = min(free, (due - free + rate.held - 2) / (rate.held - 1))
        for _ in 0..<holders {
            let letters = try letters(dueTo: recipient, after: free - holders, limit: rate.held, now: now)
            if letters.count > 1 { try hold(letters, now: now) }
        }
    }

    private func letters(
        dueTo recipient: String, after first: Int64, limit: Int64, now: Int64
    ) throws -> [(id: Int64, letter: Letter)] {
        try rows(
            """
            SELECT id, letter FROM mail WHERE \(Self.canBeHeld) AND recipient = :recipient ORDER BY next_attempt, id LIMIT :limit OFFSET :first
            """, ["now": now, "recipient": recipient, "limit": limit, "first": first]
        ).compactMap { row in
            guard let letter = try? JSONText.decode(Letter.self, row.text("letter")) else { return nil }
            return (try row.integer("id"), letter)
        }
    }

    private func hold(_ letters: [(id: Int64, letter: Letter)], now: Int64) throws {
        guard let first = letters.first else { return }
        let identity = "collected-\(first.id)-\(letters.count)-\(now)"
        try queue([Letter(holding: letters.map(\.letter), to: first.letter.recipient, identity: identity)], now: now)
        for letter in letters {
            try execute(
                """
                UPDATE mail SET state = 'sent', sent = :now, last_error = NULL,
                    collected_in = (SELECT id FROM mail WHERE identity = :identity) WHERE id = :id
                """, ["now": now, "identity": identity, "id": letter.id])
        }
    }

    /// What is due still waits until one of the letters that use the rate up is old enough.
    private func postpone(dueTo recipient: String, _ rate: LetterRate, now: Int64) throws {
        let oldest = try row(
            """
            SELECT sent FROM mail WHERE recipient = :recipient AND sent > :time AND collected_in IS NULL
            ORDER BY sent DESC LIMIT 1 OFFSET :last
            """, ["recipient": recipient, "time": now - rate.time, "last": rate.letters - 1])
        // Where those are not sent yet it is not known when, and looked at again.
        let next = try oldest.map { try $0.integer("sent") + rate.time } ?? now + Self.pause
        try execute(
            """
            UPDATE mail SET next_attempt = :next WHERE \(Self.canBeHeld) AND recipient = :recipient
            """, ["next": next, "now": now, "recipient": recipient])
    }

    /// Due, and not tried yet: of what was, the reader may have a copy, and the same letter within another would be a second one.
    private static let canBeHeld =
        "state = 'queued' AND next_attempt <= :now AND attempts = 0 AND identity NOT LIKE 'collected-%'"

    /// In seconds.
    private static let pause: Int64 = 60
}

extension Letter {
    fileprivate init(holding letters: [Letter], to recipient: MailAddress, identity: String) {
        self.init(
            to: recipient, identity: identity, content: .collected(letters),
            reason: "more mails were for you than you are sent within an hour")
    }
}
