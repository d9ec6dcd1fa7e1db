/// What the intake says of a place that a client wants to upload to.
public enum TargetAnswer: Equatable, Sendable {
    case valid
    /// Not a target, but may become one with more components.
    case partial
    case refused(String)
    /// The intake could not be asked: what is uploaded is received, and judged later.
    case unknown

    /// What stands against a file of that name there.
    public func refusal(of file: VirtualFile) -> String? {
        switch self {
        case .refused(let reason): reason
        case .partial where !file.name.isCommandFile:
            "\(file.path.absolute) is not an upload target; ~owner/distribution/name is one, for example."
        case .valid, .unknown, .partial: nil
        }
    }
}

/// What the intake says of the file that completes an upload, in lines for the client.
public enum Judgement: Equatable, Sendable {
    /// Accepted, or held and in good order.
    case taken([String])
    case refused([String])
    /// Our fault; the upload is kept.
    case failed([String])
    /// No answer in time.
    case later
}
