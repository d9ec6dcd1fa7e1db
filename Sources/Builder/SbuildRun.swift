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

    /// Returns when sbuild and everything it started has ended.
    /// - Throws: `CancellationError` when the task was cancelled; what sbuild did is undone by then.
    func run() async throws -> End {
        try await withThrowingTaskGroup(of: End.self) { group in
            group.addTask { try await self.sbuild() }
            group.addTask {
                try await Task.sleep(for: self.timeLimit)
                return .overTime
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }

    private func sbuild() async throws -> End {
        let tree = RunningTree()
        defer { tree.killAll() }
        do {
            return try await sbuild(noting: tree)
        } catch is BuildLog.Overflow {
            return .logFull
        }
    }

    private func sbuild(noting tree: RunningTree) async throws -> End {
        let result = try await Subprocess.run(
            .path(SbuildCommand.executable), arguments: Arguments(command.arguments),
            environment: .custom(command.folder.environment), workingDirectory: command.folder.path,
            platformOptions: command.folder.user.options(grace: grace), input: .none, output: .sequence,
            error: .combinedWithOutput
        ) { execution in
            // While sbuild lives, what it started can be found; also when this ends by an error or a cancelled task.
            defer { tree.note(execution.processIdentifier.value) }
            if let process = ProcessIdentity(execution.processIdentifier.value) { try command.folder.note(process) }
            for try await piece in execution.standardOutput { try piece.withUnsafeBytes { try log.append($0) } }
        }
        try Task.checkCancellation()
        return switch result.terminationStatus {
        case .exited(let code): .exited(code)
        case .signaled(let signal): .exited(128 + signal)
        }
    }
}

/// The processes that a run has started.
private final class RunningTree: Sendable {
    private let processes = Mutex<[ProcessIdentity]>([])

    func note(_ number: Int32) {
        let found = ProcessIdentity(number)?.descendants ?? []
        processes.withLock { $0 = found }
    }

    func killAll() {
        for process in processes.withLock({ $0 }) { process.kill() }
    }
}
