extension Schema {
    /// Unix seconds; NULL: the disk had room when it was last looked at.
    static let lackOfRoom = """
        ALTER TABLE import ADD COLUMN lacks_room_since INTEGER;
        ALTER TABLE source_rebuild ADD COLUMN lacks_room_since INTEGER;
        """
}
