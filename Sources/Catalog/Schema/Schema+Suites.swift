extension Schema {
    /// 1: whoever rules the archive took the suite away. Its history stays, and it comes back as the same row.
    static let removedSuites = """
        ALTER TABLE archive_suite ADD COLUMN is_removed INTEGER NOT NULL DEFAULT 0 CHECK (is_removed IN (0, 1));
        """
}
