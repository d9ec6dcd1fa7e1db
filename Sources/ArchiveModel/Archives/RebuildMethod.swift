/// What an archive makes of a source that is to be built once more without a change.
public enum RebuildMethod: String, Sendable, Codable, CaseIterable {
    /// Packages of the version `VERSION+bN`, from the same source: for the architectures that are named, but not for `all`.
    case binary
    /// The source with the version `VERSION+buildN`, and so everything that is made of it.
    case source

    /// After "A rebuild makes".
    public var sentence: String {
        switch self {
        case .binary: "packages of the version VERSION+bN, from the same source."
        case .source: "a source of the version VERSION+buildN, and all of its packages."
        }
    }
}
