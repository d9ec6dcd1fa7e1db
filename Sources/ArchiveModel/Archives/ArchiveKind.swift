/// What an archive is for.
public enum ArchiveKind: String, Sendable, Codable, CaseIterable {
    /// A distribution's own: has no owner.
    case primary
    case ppa
    /// Published below a folder, and so a host name, of its own.
    case external
    /// Takes no uploads.
    case rebuild
}

/// What an owner is.
public enum OwnerSort: String, Sendable, Codable, CaseIterable {
    /// Has keys and a mail address.
    case person
    /// Has persons.
    case team
}
