extension Schema {
    /// The key that signed for a further one of the same person; NULL: an admin has registered it.
    static let keyOrigins = """
        ALTER TABLE person_key ADD COLUMN added_by TEXT;
        """

    /// `key_to_enter`: keys that were registered a moment ago, as they came, until the keyring has them.
    static let keysToEnter = """
        CREATE TABLE key_to_enter (
            fingerprint TEXT PRIMARY KEY REFERENCES person_key,
            key BLOB NOT NULL
        ) STRICT;
        CREATE INDEX person_key_by_person ON person_key (person, added);
        """
}
