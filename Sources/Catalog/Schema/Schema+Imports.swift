extension Schema {
    /// `import` has what is wanted of a base's mirror: `batch` is the first of those that were wanted together, and are told of in
    /// one letter; `architectures` NULL is all of the suite's. `origin` says from which suite of which distribution a source or
    /// package was imported. The new `newer_in_base` has `update`.
    static let imports = """
        CREATE TABLE import (
            id INTEGER PRIMARY KEY,
            batch INTEGER REFERENCES import,
            archive_suite INTEGER NOT NULL REFERENCES archive_suite,
            base INTEGER NOT NULL REFERENCES suite,
            name TEXT NOT NULL,
            version TEXT NOT NULL,
            architectures TEXT,
            with_binaries INTEGER NOT NULL CHECK (with_binaries IN (0, 1)),
            person INTEGER NOT NULL REFERENCES owner,
            key TEXT NOT NULL,
            is_update INTEGER NOT NULL CHECK (is_update IN (0, 1)),
            state TEXT NOT NULL CHECK (state IN ('wanted', 'done', 'failed')),
            attempts INTEGER NOT NULL DEFAULT 0,
            next_attempt INTEGER NOT NULL,
            said TEXT NOT NULL DEFAULT '',
            created INTEGER NOT NULL,
            ended INTEGER,
            CHECK ((state = 'wanted') = (ended IS NULL))
        ) STRICT;
        CREATE INDEX import_waiting ON import (next_attempt) WHERE state = 'wanted';
        CREATE UNIQUE INDEX import_once ON import (archive_suite, name, version) WHERE state = 'wanted';
        CREATE INDEX import_by_batch ON import (batch);
        ALTER TABLE source ADD COLUMN origin TEXT;
        ALTER TABLE binary ADD COLUMN origin TEXT;
        ALTER TABLE archive ADD COLUMN on_newer TEXT NOT NULL DEFAULT 'tell'
            CHECK (on_newer IN ('nothing', 'tell', 'delete', 'update'));
        UPDATE archive SET on_newer = newer_in_base;
        ALTER TABLE archive DROP COLUMN newer_in_base;
        ALTER TABLE archive RENAME COLUMN on_newer TO newer_in_base;
        """

    /// `turn` counts up with each that is fetched, however it ends: the number of the last that an import had; NULL: none yet.
    static let importTurns = """
        ALTER TABLE import ADD COLUMN turn INTEGER;
        CREATE INDEX import_by_turn ON import (turn) WHERE turn IS NOT NULL;
        CREATE INDEX import_by_person ON import (person, turn);
        """
}
