/// Which uploads an archive's suite takes.
public enum SuiteState: String, Sendable, Hashable, Codable, CaseIterable {
    case open
    /// What comes waits for an admin, one by one.
    case frozen
    case closed
}
