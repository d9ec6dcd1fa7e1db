/// Whether an archive is there for apt and for pages.
public enum ArchivePresence: String, Sendable, Hashable, Codable {
    case shown
    /// Taken down: nobody sees it, all of it is kept, and it may be restored.
    case hidden
    /// For good; its name stays taken, and its history is kept.
    case deleted
}
