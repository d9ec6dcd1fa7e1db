extension Schema {
    /// NULL in a right or a denial: any; a denial without an archive is one for all. `newer_than` and `older_than` are names of
    /// suites of the same distribution, blank-separated.
    static let uploadPolicy = """
        ALTER TABLE suite ADD COLUMN newer_than TEXT NOT NULL DEFAULT '';
        ALTER TABLE suite ADD COLUMN older_than TEXT NOT NULL DEFAULT '';
        CREATE TABLE package_set (
            archive INTEGER NOT NULL REFERENCES archive,
            name TEXT NOT NULL,
            source TEXT NOT NULL,
            PRIMARY KEY (archive, name, source)
        ) STRICT;
        ALTER TABLE upload_right ADD COLUMN component TEXT;
        ALTER TABLE upload_right ADD COLUMN package_set TEXT;
        ALTER TABLE upload_right ADD COLUMN skips_new INTEGER NOT NULL DEFAULT 0 CHECK (skips_new IN (0, 1));
        CREATE TABLE upload_denial (
            id INTEGER PRIMARY KEY,
            archive INTEGER REFERENCES archive,
            source TEXT,
            version TEXT,
            suite TEXT,
            key TEXT,
            reason TEXT NOT NULL,
            CHECK (source IS NOT NULL OR key IS NOT NULL),
            CHECK (source IS NOT NULL OR version IS NULL)
        ) STRICT;
        """
}
