internal import DurableFiles
internal import Subprocess
internal import Synchronization

/// sbuild at work: its output goes to the log, its time and its log have limits, and when it ends nothing of it stays.
struct SbuildRun: Sendable {
    enum End: Sendable, Equatable {
        /// With this exit status; 0 also for a package that sbuild skipped.
        case exited(Int32)
        case overTime
        case logFull
    }

    let command: SbuildCommand
    let log: BuildLog
    let timeLimit: Duration
    /// How long sbuild has to clean up when it is told to end.
    let grace: Duration

    /// Returns when sbuild has ended and everything it started was told to (SIGKILL).
    /// - Throws: `CancellationError` when the task was cancelled.
    func run() async throws -> End {
        let tree = RunningTree()
        defer { tree.kill() }
        // A task of its own, so that a cancellation looks at the tree first and ends sbuild then: what a dead process has
        // started belongs to nobody.
        let work = Task { try await run(noting: tree) }
        return try await withTaskCancellationHandler {
            try await work.value
        } onCancel: {
            tree.note()
            work.cancel()
        }
    }

    private func run(noting tree: RunningTree) async throws -> End {
        try await withThrowingTaskGroup(of: End.self) { group in
            group.addTask { try await sbuild(noting: tree) }
            group.addTask {
                try await Task.sleep(for: timeLimit)
                return .overTime
            }
            defer { group.cancelAll() }
            let first = try await group.next()
            tree.note()
            return first ?? .overTime
        }
    }

    private func sbuild(noting tree: RunningTree) async throws -> End {
        do {
            return try await sbuild(in: tree)
        } catch is BuildLog.Overflow {
            return .logFull
        }
    }

    private func sbuild(in tree: RunningTree) async throws -> End {
        let sbuild = command.folder.user.configuration(
            command.executable, command.arguments, environment: command.folder.environment, in: command.folder.path,
            grace: grace)
        let result = try await Subprocess.run(
            sbuild, input: .none, output: .sequence, error: .combinedWithOutput
        ) { execution in
            // Also when this ends by an error: then sbuild is ended next.
            defer { tree.note() }
            if let process = ProcessIdentity(execution.processIdentifier.value) {
                tree.begin(process)
                try command.folder.note(process)
            }
            for try await piece in execution.standardOutput { try piece.withUnsafeBytes { try log.append($0) } }
        }
        try Task.checkCancellation()
        return switch result.terminationStatus {
        case .exited(let code): .exited(code)
        case .signaled(let signal): .exited(128 + signal)
        }
    }
}

/// The processes that a run has started. They can be found as long as sbuild lives.
private final class RunningTree: Sendable {
    private struct State {
        var root: ProcessIdentity?
        var found: Set<ProcessIdentity> = []
    }

    private let state = Mutex(State())

    func begin(_ root: ProcessIdentity) { state.withLock { $0.root = root } }

    func note() {
        state.withLock { $0.found.formUnion($0.root?.descendants ?? []) }
    }

    /// Ends what is left of them.
    func kill() {
        for process in state.withLock({ $0.found }) { process.kill() }
    }
}
