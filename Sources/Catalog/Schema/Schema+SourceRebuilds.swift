extension Schema {
    /// `archive.rebuilds` says what `rebuild` makes there. `source_rebuild` has the sources that are to be made once more: `source` is
    /// what each is made of, `version` what it becomes; `batch` is the first of those that were wanted together, and are told of in
    /// one letter; `turn` counts up with each that is made, however it ends, and NULL is none yet; `command` is the signature of the
    /// text that wanted them, as `command_log` has it.
    static let sourceRebuilds = """
        ALTER TABLE archive ADD COLUMN rebuilds TEXT NOT NULL DEFAULT 'binary' CHECK (rebuilds IN ('binary', 'source'));
        CREATE TABLE source_rebuild (
            id INTEGER PRIMARY KEY,
            batch INTEGER REFERENCES source_rebuild,
            archive_suite INTEGER NOT NULL REFERENCES archive_suite,
            source INTEGER NOT NULL REFERENCES source,
            name TEXT NOT NULL,
            version TEXT NOT NULL,
            reason TEXT NOT NULL,
            person INTEGER NOT NULL REFERENCES owner,
            key TEXT NOT NULL,
            command TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('wanted', 'done', 'failed')),
            attempts INTEGER NOT NULL DEFAULT 0,
            next_attempt INTEGER NOT NULL,
            turn INTEGER,
            said TEXT NOT NULL DEFAULT '',
            created INTEGER NOT NULL,
            ended INTEGER,
            CHECK ((state = 'wanted') = (ended IS NULL))
        ) STRICT;
        CREATE INDEX source_rebuild_waiting ON source_rebuild (next_attempt) WHERE state = 'wanted';
        CREATE UNIQUE INDEX source_rebuild_once ON source_rebuild (archive_suite, name) WHERE state = 'wanted';
        CREATE INDEX source_rebuild_by_turn ON source_rebuild (turn) WHERE turn IS NOT NULL;
        CREATE INDEX source_rebuild_by_person ON source_rebuild (person, turn);
        CREATE INDEX source_rebuild_by_batch ON source_rebuild (batch);
        """
}
