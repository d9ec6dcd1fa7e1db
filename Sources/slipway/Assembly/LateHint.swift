internal import Synchronization

/// A hint to a stage that is made later: builder and intake wake each other, and one of them comes first.
final class LateHint: Sendable {
    private let target = Mutex<(@Sendable () -> Void)?>(nil)

    func join(_ target: @escaping @Sendable () -> Void) { self.target.withLock { $0 = target } }

    /// Does nothing before there is a target: the sweep finds what no hint told.
    func callAsFunction() { target.withLock(\.self)?() }
}
