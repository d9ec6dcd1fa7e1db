/// Which uploads an archive's suite takes.
public enum SuiteState: String, Sendable, Hashable, Codable, CaseIterable {
    case open
    /// What comes waits, one by one, for whoever may open it.
    case frozen
    case closed
}
