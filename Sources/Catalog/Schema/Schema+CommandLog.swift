extension Schema {
    /// What came as commands is known in `seen_signature` by a name of its own, as the same text may be an upload.
    static let seenCommands = """
        UPDATE seen_signature SET identity = 'command ' || identity
        WHERE identity IN (SELECT signature FROM command_log)
        """

    /// `session`, `path` and `sha256` are the identity of the upload that brought the text. `command_archive` has the archives that it changed.
    static let commandPlaces = """
        ALTER TABLE command_log ADD COLUMN client TEXT;
        ALTER TABLE command_log ADD COLUMN session TEXT;
        ALTER TABLE command_log ADD COLUMN path TEXT;
        ALTER TABLE command_log ADD COLUMN sha256 TEXT;
        CREATE INDEX command_log_by_upload ON command_log (session, path, sha256) WHERE session IS NOT NULL;
        CREATE INDEX command_log_by_signer ON command_log (signer, id);
        CREATE TABLE command_archive (
            archive INTEGER NOT NULL REFERENCES archive,
            command INTEGER NOT NULL REFERENCES command_log,
            PRIMARY KEY (archive, command)
        ) STRICT;
        """
}
