extension Schema {
    /// `until` in Unix seconds; NULL: until it is revoked. `giver` is NULL where an admin gave it at the machine.
    static let endingRights = """
        ALTER TABLE upload_right ADD COLUMN until INTEGER;
        ALTER TABLE upload_right ADD COLUMN giver INTEGER REFERENCES owner;
        CREATE INDEX upload_right_until ON upload_right (until) WHERE until IS NOT NULL;
        """

    /// Unix seconds: since when the base cannot be read, since when it counts as gone, and since when apt does not see what
    /// PPAs have for it.
    static let goneBases = """
        ALTER TABLE suite ADD COLUMN base_failing INTEGER;
        ALTER TABLE suite ADD COLUMN base_gone INTEGER;
        ALTER TABLE suite ADD COLUMN base_withdrawn INTEGER;
        """

    /// Times in Unix seconds. `looked_at`: whether it is needed, after an archive that has it was deleted; `removed_at`: its bytes
    /// are not in the store any more.
    static let unneededFiles = """
        ALTER TABLE file ADD COLUMN looked_at INTEGER;
        ALTER TABLE file ADD COLUMN removed_at INTEGER;
        ALTER TABLE archive ADD COLUMN are_files_settled INTEGER NOT NULL DEFAULT 0
            CHECK (are_files_settled IN (0, 1));
        CREATE INDEX archive_unsettled ON archive (presence_since) WHERE presence = 'deleted' AND are_files_settled = 0;
        CREATE INDEX archive_file_by_content ON archive_file (sha256);
        CREATE INDEX upload_file_by_content ON upload_file (sha256);
        CREATE INDEX build_file_by_content ON build_file (sha256);
        """

    /// `builder_key` is that of the builder that took the build last.
    static let blockedBuilders = """
        ALTER TABLE builder ADD COLUMN is_blocked INTEGER NOT NULL DEFAULT 0 CHECK (is_blocked IN (0, 1));
        ALTER TABLE build ADD COLUMN builder_key TEXT;
        CREATE INDEX archive_by_owner ON archive (owner);
        CREATE INDEX archive_by_key ON archive (signing_key);
        """

    /// `held_for` is the archive that a held upload is for. `tree_due` is when the publisher next has to look where the archive's
    /// tree is, in Unix seconds; NULL when it is where it belongs.
    static let withdrawal = """
        ALTER TABLE upload ADD COLUMN held_for INTEGER REFERENCES archive;
        UPDATE upload SET held_for = (
            SELECT id FROM archive WHERE reference = json_extract(upload.verdict, '$.archive')) WHERE outcome = 'held';
        CREATE INDEX upload_held_for ON upload (held_for) WHERE outcome = 'held';
        ALTER TABLE archive ADD COLUMN tree_due INTEGER;
        UPDATE archive SET tree_due = 0 WHERE presence <> 'shown' OR presence_since > 0;
        CREATE INDEX archive_tree_due ON archive (tree_due) WHERE tree_due IS NOT NULL;
        """

    /// Nobody knows who froze or closed what is not open yet: then admins open it.
    static let onlyAdminsOpen = """
        ALTER TABLE archive_suite ADD COLUMN only_admins_open INTEGER NOT NULL DEFAULT 0
            CHECK (only_admins_open IN (0, 1));
        UPDATE archive_suite SET only_admins_open = 1 WHERE state <> 'open';
        """

    /// `relinks`: the next publication gives the pool every file of the suite, and not only those that apt has not seen. The indices are
    /// for what a deleted archive leaves, of which copies keep what was made with the package.
    static let returns = """
        ALTER TABLE archive_suite ADD COLUMN relinks INTEGER NOT NULL DEFAULT 0 CHECK (relinks IN (0, 1));
        CREATE INDEX binary_by_build ON binary (build) WHERE build IS NOT NULL;
        CREATE INDEX binary_publication_by_suite ON binary_publication (archive_suite);
        """

    /// Unix seconds: when the base was last seen to fail. Seconds: how long it was seen to fail, and once it counts as gone, how long since.
    static let failedRounds = """
        ALTER TABLE suite ADD COLUMN base_failed_at INTEGER;
        ALTER TABLE suite ADD COLUMN base_failed_for INTEGER NOT NULL DEFAULT 0;
        """
}
