/// The machine cannot build: ours to mend, never the uploader's. The build waits, and the admin is told.
public struct BuilderFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// One sentence.
    public let cause: String
    /// What to do about it, as one sentence.
    public let remedy: String?

    public init(_ cause: String, remedy: String? = nil) {
        self.cause = cause
        self.remedy = remedy
    }

    public var description: String { remedy.map { "\(cause) \($0)" } ?? cause }
}
