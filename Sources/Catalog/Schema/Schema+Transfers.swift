extension Schema {
    static let transfers = """
        ALTER TABLE suite ADD COLUMN takes_transfers INTEGER NOT NULL DEFAULT 0 CHECK (takes_transfers IN (0, 1));
        """
}
