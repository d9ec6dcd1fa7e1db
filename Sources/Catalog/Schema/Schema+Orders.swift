extension Schema {
    /// Of `admit` alone; NULL: as it was, or as the package says.
    static let saidWhenAdmitted = """
        ALTER TABLE upload_order ADD COLUMN component TEXT;
        ALTER TABLE upload_order ADD COLUMN section TEXT;
        ALTER TABLE upload_order ADD COLUMN priority TEXT;
        """
}
