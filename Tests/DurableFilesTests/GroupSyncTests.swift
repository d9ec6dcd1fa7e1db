import DurableFiles
import Synchronization
import SystemPackage
import Testing

/// One wait for the disk for many.
struct GroupSyncTests {
    private struct Broken: Error {}

    /// The kernel tells of a failed write once: who wrote before that round is not told by the next one.
    @Test func aRoundThatFailedFailsAllWhoWroteBeforeIt() async throws {
        let fails = Mutex(false)
        let sync = GroupSync(try Folder(opening: FilePath("/tmp"))) { work in
            if fails.withLock({ $0 }) { throw Broken() }
            try work()
        }
        let before = sync.failures
        try await sync.sync(since: before)
        fails.withLock { $0 = true }
        await #expect(throws: Broken.self) { try await sync.sync(since: before) }
        fails.withLock { $0 = false }
        await #expect(throws: Broken.self) { try await sync.sync(since: before) }
        try await sync.sync(since: sync.failures)
    }
}
