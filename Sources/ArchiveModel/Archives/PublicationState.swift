/// The states of a source or binary package in a suite of an archive.
public enum PublicationState: String, Sendable, Codable, CaseIterable {
    /// Accepted; apt does not see it yet.
    case pending
    case published
    /// A newer version took its place.
    case superseded
    /// Taken out by a person.
    case deleted
}
