internal import ArchiveModel

extension Connection {
    /// Queues letters in the transaction of what they tell. A letter of an identity that was queued before, sent or
    /// not, is the same letter and stays as it is.
    func queue(_ letters: [Letter], now: Int64) throws {
        for letter in letters {
            try execute(
                """
                INSERT INTO mail (identity, recipient, letter, state, next_attempt, created)
                VALUES (:identity, :recipient, :letter, 'queued', :now, :now) ON CONFLICT (identity) DO NOTHING
                """,
                [
                    "identity": letter.identity, "recipient": letter.recipient.description,
                    "letter": try JSONText.encode(letter), "now": now,
                ])
        }
    }
}
