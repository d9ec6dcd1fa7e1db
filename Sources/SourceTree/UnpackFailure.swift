/// Unpacking failed for a reason of ours; the package is neither good nor bad by it.
public struct UnpackFailure: Error, Equatable, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
