extension Schema {
    /// `place`: in the order they were named. Rows of archives that are taken down or deleted stay: what needs them waits.
    static let relations = """
        CREATE TABLE archive_relation (
            archive INTEGER NOT NULL REFERENCES archive,
            other INTEGER NOT NULL REFERENCES archive,
            kind TEXT NOT NULL CHECK (kind IN ('depends', 'breaks')),
            place INTEGER NOT NULL,
            PRIMARY KEY (archive, kind, other),
            CHECK (archive <> other)
        ) STRICT;
        CREATE INDEX archive_relation_by_other ON archive_relation (other, kind);
        """
}
