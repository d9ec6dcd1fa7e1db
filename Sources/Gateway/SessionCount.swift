internal import Synchronization

/// How many sessions there are at the moment.
final class SessionCount: Sendable {
    private let limit: Int
    private let count = Mutex(0)

    init(limit: Int) {
        self.limit = limit
    }

    /// Counts one more; false when that is more than there may be. It has to `leave` in either case.
    func enter() -> Bool {
        count.withLock { count in
            count += 1
            return count <= limit
        }
    }

    func leave() {
        count.withLock { $0 -= 1 }
    }
}
