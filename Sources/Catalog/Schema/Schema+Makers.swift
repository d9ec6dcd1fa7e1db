extension Schema {
    /// `build` is NULL of what a person uploaded. Of what is there already, it is known only where people could not upload
    /// packages, and of copies of that; the rest counts as uploaded.
    static let makers = """
        ALTER TABLE binary ADD COLUMN build INTEGER REFERENCES build;
        UPDATE binary SET build = (
            SELECT b.id FROM build b JOIN archive_suite a ON a.id = b.archive_suite JOIN archive r ON r.id = a.archive
            WHERE b.source = binary.source AND b.state = 'succeeded' AND r.takes_binaries = 0
                AND (b.architecture = binary.architecture OR (binary.architecture = 'all' AND b.builds_all = 1))
            ORDER BY b.id LIMIT 1);
        UPDATE binary SET build = (
            SELECT o.build FROM source s JOIN binary o ON o.source = s.copied_from
            WHERE s.id = binary.source AND o.file_name = binary.file_name AND o.sha256 = binary.sha256)
        WHERE build IS NULL;
        """
}
