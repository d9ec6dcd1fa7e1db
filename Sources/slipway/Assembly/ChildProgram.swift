internal import Glibc
internal import Logging
internal import ServiceLifecycle
internal import Subprocess
internal import SystemPackage

/// A program kept running: started, started again when it ends, and ended with us.
///
/// It is told to end by SIGTERM, and by the end of its standard input, which also comes when we are killed. It starts as
/// our user and becomes another by itself: between fork and exec, setuid(2) of glibc may wait for ever for threads that
/// only the parent has.
struct ChildProgram: Service {
    let name: String
    let executable: FilePath
    let arguments: [String]
    let log: Logger

    /// Seconds to end by itself after SIGTERM: a build is given back, transfers get their grace.
    private static let patience: Duration = .seconds(20)
    /// Pause before the next start: short, for uploaders wait; doubled after each start that did not last.
    private static let shortestPause: Duration = .milliseconds(500)
    private static let longestPause: Duration = .seconds(10)
    /// A program that ran this long could do its work: what ended it is news, not the same mistake at each start.
    private static let lasting: Duration = .seconds(2)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var pause = Self.shortestPause
            while !Task.isCancelled {
                let start = ContinuousClock.now
                await runOnce()
                guard !Task.isCancelled else { return }
                if start.duration(to: .now) > Self.lasting { pause = Self.shortestPause }
                try? await Task.sleep(for: pause)
                pause = min(pause * 2, Self.longestPause)
            }
        }
    }

    private func runOnce() async {
        do {
            let (lifeline, end) = try Self.pipe()
            defer { try? end.close() }
            let result = try await Subprocess.run(
                .path(executable), arguments: Arguments(arguments), platformOptions: options,
                input: .fileDescriptor(lifeline, closeAfterSpawningProcess: true), output: .currentStandardOutput,
                error: .currentStandardError
            ) { execution in
                log.info("started", metadata: ["program": "\(name)", "pid": "\(execution.processIdentifier)"])
            }
            log.notice("ended", metadata: ["program": "\(name)", "status": "\(result.terminationStatus)"])
        } catch is CancellationError {
            return
        } catch {
            log.error("cannot run", metadata: ["program": "\(name)", "cause": "\(error)"])
        }
    }

    /// The child's standard input never says anything; it ends when we do, however we end.
    private static func pipe() throws -> (FileDescriptor, FileDescriptor) {
        let ends = try FileDescriptor.pipe()
        for end in [ends.readEnd, ends.writeEnd] { _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) }
        return (ends.readEnd, ends.writeEnd)
    }

    private var options: PlatformOptions {
        var options = PlatformOptions()
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: Self.patience)]
        return options
    }
}
