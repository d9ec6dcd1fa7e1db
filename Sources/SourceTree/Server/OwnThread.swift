internal import Glibc
internal import Synchronization

/// Does work that waits for a child on a thread of its own. It must not be one that ends earlier, as those of a pool
/// may: the child dies with the thread that started it.
///
/// - Parameter work: is told whether the task was cancelled meanwhile.
func onOwnThread<Value: Sendable>(
    _ work: @escaping @Sendable (_ isCancelled: () -> Bool) throws -> Value
) async throws -> Value {
    let flag = CancelFlag()
    return try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { continuation in
            let job = Job { continuation.resume(with: Result { try work { flag.isSet } }) }
            var thread = pthread_t()
            let failure = pthread_create(
                &thread, nil,
                { job in
                    if let job { Unmanaged<Job>.fromOpaque(job).takeRetainedValue().run() }
                    return nil
                }, Unmanaged.passRetained(job).toOpaque())
            guard failure == 0 else {
                Unmanaged.passUnretained(job).release()
                return continuation.resume(throwing: UnpackFailure("no thread can be made"))
            }
            pthread_detach(thread)
        }
    } onCancel: {
        flag.set()
    }
}

private final class Job: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

private final class CancelFlag: Sendable {
    private let value = Mutex(false)

    var isSet: Bool { value.withLock { $0 } }
    func set() { value.withLock { $0 = true } }
}
