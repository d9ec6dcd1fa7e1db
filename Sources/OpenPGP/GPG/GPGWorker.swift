internal import Synchronization
internal import SystemPackage

/// One GPGME context, and the thread that alone touches it.
actor GPGWorker {
    private nonisolated let thread = BlockingThread(label: "gpg")
    private var context: GPGContext?

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// Does `work` with the context set to `home`, after the work that was asked for earlier.
    func run<Result: Sendable>(
        in home: FilePath, _ work: @Sendable (GPGContext) throws -> Result
    ) throws -> Result {
        try Task.checkCancellation()
        let context = try self.context ?? GPGContext()
        self.context = context
        try context.use(home: home)
        return try work(context)
    }
}

/// Several workers; work goes to the one with the least to do, and waits there.
final class GPGWorkers: Sendable {
    private let workers: [GPGWorker]
    private let waiting: Mutex<[Int]>

    init(count: Int) {
        precondition(count > 0, "no worker does no work")
        workers = (0..<count).map { _ in GPGWorker() }
        waiting = Mutex(Array(repeating: 0, count: count))
    }

    func run<Result: Sendable>(
        in home: FilePath, _ work: @Sendable (GPGContext) throws -> Result
    ) async throws -> Result {
        let chosen = take()
        defer { waiting.withLock { $0[chosen] -= 1 } }
        return try await workers[chosen].run(in: home, work)
    }

    private func take() -> Int {
        waiting.withLock { counts in
            let chosen = counts.indices.min { counts[$0] < counts[$1] } ?? 0
            counts[chosen] += 1
            return chosen
        }
    }
}
