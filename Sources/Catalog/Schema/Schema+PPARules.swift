extension Schema {
    /// `newer_than` and `older_than` are names of suites of the archive's distribution; NULL: no such rule.
    static let ppaRules = """
        ALTER TABLE archive ADD COLUMN newer_than TEXT;
        ALTER TABLE archive ADD COLUMN older_than TEXT;
        ALTER TABLE archive ADD COLUMN name_in_version INTEGER NOT NULL DEFAULT 0 CHECK (name_in_version IN (0, 1));
        ALTER TABLE archive ADD COLUMN autobuild INTEGER NOT NULL DEFAULT 1 CHECK (autobuild IN (0, 1));
        ALTER TABLE archive ADD COLUMN everyone_uploads INTEGER NOT NULL DEFAULT 0 CHECK (everyone_uploads IN (0, 1));
        """
}
