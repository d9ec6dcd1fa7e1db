internal import Glibc
internal import Synchronization

/// Threads for transfers in clear, which read and write in calls that block: as many as there are transfers at a time. One
/// that has nothing to do stays for a while, since uploads bring file after file.
public final class TransferThreads: Sendable {
    private typealias Job = @Sendable () -> Void

    private struct State {
        var jobs: [Job] = []
        var idle = 0
    }

    /// Swift needs little; the default of 8 MiB a thread would count against limits of address space.
    private static let stackSize = 512 << 10
    private static let patience: time_t = 10

    private let state = Mutex(State())
    /// A semaphore is made for threads.
    private nonisolated(unsafe) let semaphore: UnsafeMutablePointer<sem_t>

    public init() {
        semaphore = .allocate(capacity: 1)
        sem_init(semaphore, 0, 0)
    }

    /// The threads hold on to the object, so there is none left here.
    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    /// Done to its end even when the task that waits is cancelled.
    func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            submit { continuation.resume(with: Swift.Result { try work() }) }
        }
    }

    private func submit(_ job: @escaping Job) {
        let isThreadNeeded = state.withLock { state in
            state.jobs.append(job)
            return state.jobs.count > state.idle
        }
        // Without a further thread the job waits for one of those at work.
        if isThreadNeeded { start() }
        sem_post(semaphore)
    }

    private func start() {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, CInt(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, Self.stackSize)
        var thread = pthread_t()
        let own = Unmanaged.passRetained(self)
        let result = pthread_create(
            &thread, &attributes,
            { argument in
                guard let argument else { return nil }
                Unmanaged<TransferThreads>.fromOpaque(argument).takeRetainedValue().work()
                return nil
            }, own.toOpaque())
        if result != 0 { own.release() }
    }

    private func work() {
        while let job = next() { job() }
    }

    /// Nil after a while without anything to do.
    private func next() -> Job? {
        state.withLock { $0.idle += 1 }
        while true {
            let isPosted = waitForPost()
            let (job, isOver): (Job?, Bool) = state.withLock { state in
                // A job that came just now counts on this thread: its post is on the way.
                guard isPosted || state.jobs.isEmpty else { return (nil, false) }
                state.idle -= 1
                return (state.jobs.isEmpty ? nil : state.jobs.removeFirst(), true)
            }
            if isOver { return job }
        }
    }

    private func waitForPost() -> Bool {
        var end = timespec()
        clock_gettime(CLOCK_REALTIME, &end)
        end.tv_sec += Self.patience
        while sem_timedwait(semaphore, &end) != 0 {
            guard errno == EINTR else { return false }
        }
        return true
    }
}
