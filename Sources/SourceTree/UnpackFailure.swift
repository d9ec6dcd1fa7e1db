/// Unpacking failed for a reason of ours; the package is neither good nor bad by it.
public struct UnpackFailure: Error, Equatable, Sendable, CustomStringConvertible {
    public let description: String
    /// There is no room on the disk.
    public let isFullDisk: Bool

    init(_ description: String, isFullDisk: Bool = false) {
        (self.description, self.isFullDisk) = (description, isFullDisk)
    }
}
