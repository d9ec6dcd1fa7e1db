internal import Glibc

/// A wall that could not be built; the admin's to mend. Nothing is served then.
public struct WallFailure: Error, Equatable, CustomStringConvertible {
    let step: String
    let reason: String

    public init(step: String, reason: String) {
        self.step = step
        self.reason = reason
    }

    public var description: String { "cannot \(step): \(reason)" }

    /// Throws what errno says when `result` is that of a call that failed.
    public static func check(_ step: @autoclosure () -> String, _ result: CInt) throws(WallFailure) {
        guard result < 0 else { return }
        let cause = errno
        throw WallFailure(step: step(), reason: String(cString: strerror(cause)))
    }
}
