internal import Glibc
internal import Synchronization
internal import Testing

@testable import Gateway

@Suite(.timeLimit(.minutes(10))) struct TransferThreadsTests {
    /// One client that says nothing must not hold up another: each transfer has a thread.
    @Test func everyTransferRunsAtOnce() async throws {
        let threads = TransferThreads()
        let (count, begun) = (40, Counter())
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for _ in 0..<count {
                tasks.addTask { try await threads.run { begun.waitUntil(count) } }
            }
            try await tasks.waitForAll()
        }
        #expect(try await threads.run { 7 } == 7)
    }

    @Test func aFailureIsTheCallers() async {
        await #expect(throws: Failure.self) { try await TransferThreads().run { throw Failure() } }
    }

    private struct Failure: Error {}

    private final class Counter: Sendable {
        private let value = Mutex(0)

        /// Counts the caller, and blocks until there are that many.
        func waitUntil(_ goal: Int) {
            value.withLock { $0 += 1 }
            while value.withLock({ $0 }) < goal { usleep(1000) }
        }
    }
}
