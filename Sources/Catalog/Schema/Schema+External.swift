extension Schema {
    /// `terms_agreement` is only added to; its `signature` is the one of the text in `command_log`. A row of `external_bar`
    /// keeps a person from external archives.
    static let external = """
        CREATE TABLE terms_agreement (
            person INTEGER NOT NULL REFERENCES owner,
            version TEXT NOT NULL,
            agreed INTEGER NOT NULL,
            signing_key TEXT NOT NULL,
            signature TEXT NOT NULL,
            PRIMARY KEY (person, version)
        ) STRICT;
        CREATE TABLE external_bar (
            person INTEGER PRIMARY KEY REFERENCES owner,
            since INTEGER NOT NULL,
            reason TEXT NOT NULL
        ) STRICT;
        """

    /// 0: nobody has uploaded the source, only packages made of it. The `.changes` stands in for its `.dsc`.
    static let absentSources = """
        ALTER TABLE source ADD COLUMN is_here INTEGER NOT NULL DEFAULT 1 CHECK (is_here IN (0, 1));
        """
}
