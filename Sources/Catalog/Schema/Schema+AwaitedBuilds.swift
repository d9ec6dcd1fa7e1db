extension Schema {
    /// 0: it was told that the newer version is not copied, and why; it is when that has passed.
    static let unsettledUpdates = """
        ALTER TABLE base_told ADD COLUMN is_settled INTEGER NOT NULL DEFAULT 1 CHECK (is_settled IN (0, 1))
        """

    /// Which PPAs were told that a source of their base waits to be built there; each once.
    static let awaitedBuilds = """
        CREATE TABLE awaited_build_told (
            archive_suite INTEGER NOT NULL REFERENCES archive_suite,
            source INTEGER NOT NULL REFERENCES source,
            told INTEGER NOT NULL,
            PRIMARY KEY (archive_suite, source)
        ) STRICT;
        """
}
