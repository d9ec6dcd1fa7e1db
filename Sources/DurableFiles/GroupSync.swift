internal import Synchronization

/// Makes what was written durable, for everybody who asks, with as few calls as there can be.
///
/// One syncfs(2) serves all who asked before it began; who asks while it runs waits for the next. An fsync for each file
/// of each session would wait for the disk's journal thirty times as often.
public actor GroupSync {
    /// Does its work on a thread that may wait.
    public typealias OnBlockingThread = @Sendable (@escaping @Sendable () throws -> Void) async throws -> Void

    private let folder: Folder
    private let onBlockingThread: OnBlockingThread
    private var isRunning = false
    /// The kernel tells of a write that failed once, to whoever asks first, and calls the page clean afterwards.
    private nonisolated let failed = Mutex<(count: Int, last: (any Error)?)>((0, nil))
    /// Resumed with true: go and run the next round; with false: the round has served you too.
    private var waiting: [CheckedContinuation<Bool, any Error>] = []

    /// - Parameter folder: names the filesystem.
    public init(_ folder: Folder, onBlockingThread: @escaping OnBlockingThread) {
        self.folder = folder
        self.onBlockingThread = onBlockingThread
    }

    /// How many rounds have failed so far; read it before you write.
    public nonisolated var failures: Int { failed.withLock { $0.count } }

    /// Returns when everything written between the reading of `failures` and this call survives a power cut. A round that
    /// failed meanwhile may have been about your bytes, whomever it was made for.
    public func sync(since failures: Int) async throws {
        try await sync()
        try failed.withLock { failed in
            if failed.count != failures, let last = failed.last { throw last }
        }
    }

    private func sync() async throws {
        if isRunning {
            guard try await withCheckedThrowingContinuation({ waiting.append($0) }) else { return }
        }
        isRunning = true
        let served = waiting
        waiting = []
        let result = await runRound()
        for other in served { other.resume(with: result.map { false }) }
        if waiting.isEmpty { isRunning = false } else { waiting.removeFirst().resume(returning: true) }
        try result.get()
    }

    private func runRound() async -> Result<Void, any Error> {
        let folder = folder
        do {
            return .success(try await onBlockingThread { try folder.syncFilesystem() })
        } catch {
            failed.withLock { $0 = ($0.count + 1, error) }
            return .failure(error)
        }
    }
}
