/// The base of a suite cannot be read: the admin's to mend, or the mirror's. What was known before stays.
public struct BaseMirrorFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// One or more sentences.
    public let description: String

    init(_ description: String) { self.description = description }
}
