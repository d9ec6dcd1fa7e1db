extension Schema {
    /// Each is for a question that would read every mail, upload or source there ever was: what an outbox holds for one person
    /// (`LetterRate`), the sessions that wait (`waitingExtent`), what a key has signed (`block-key`).
    static let lookups = """
        CREATE INDEX mail_waiting_by_recipient ON mail (recipient, next_attempt) WHERE state = 'queued';
        CREATE INDEX upload_held_by_session ON upload (session) WHERE outcome = 'held';
        CREATE INDEX source_by_signing_key ON source (signing_key);
        CREATE INDEX command_log_by_signing_key ON command_log (signing_key);
        """

    /// What the transaction that accepts an upload asks of its signer and its source, where thousands have rights.
    static let admissionLookups = """
        CREATE INDEX upload_denial_by_source ON upload_denial (source);
        CREATE INDEX team_member_by_person ON team_member (person);
        """

    /// For what is kept with a source as long as there are copies of it (`removeFiles`).
    static let originsOfCopies = """
        CREATE INDEX source_by_origin ON source (copied_from) WHERE copied_from IS NOT NULL;
        CREATE INDEX upload_by_source ON upload (source) WHERE source IS NOT NULL;
        """
}
