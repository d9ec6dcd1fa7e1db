internal import Dispatch

/// Work that compresses for seconds or waits for the disk, on threads that may block: Swift's own, one a core, have
/// verdicts to give meanwhile.
enum BlockingWork {
    private static let queue = DispatchQueue(label: "publisher", qos: .utility, attributes: .concurrent)

    static func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: work)) }
        }
    }
}
