extension Schema {
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
