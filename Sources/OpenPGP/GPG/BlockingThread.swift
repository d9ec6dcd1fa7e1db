internal import Dispatch

/// Runs an actor's work on a thread that may block for long: GPGME waits in it for gpg. The threads of Swift's own
/// pool, one a core, must never wait.
final class BlockingThread: SerialExecutor {
    private let queue: DispatchQueue

    init(label: String) { queue = DispatchQueue(label: label) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
