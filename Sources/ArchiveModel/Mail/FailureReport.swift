/// What the admin is told when something of ours failed.
public struct FailureReport: Sendable, Hashable, Codable {
    /// What failed: "judging hello_2.10-3_source.changes".
    public let subject: String
    public let cause: String
    /// Where what is kept lies.
    public let place: String?

    public init(subject: String, cause: String, place: String? = nil) {
        self.subject = subject
        self.cause = cause
        self.place = place
    }
}
