import ArchiveModel
import Glibc
import Testing

@testable import Catalog

/// Writes that come while another is under way become one transaction.
struct GroupWriterTests {
    /// Holds the writer until all of `bodies` wait behind it; what came of each, in order.
    private func together(
        _ fixture: CatalogFixture, _ bodies: [@Sendable (Connection) throws -> Int64]
    ) async throws -> [Result<Int64, any Error>] {
        let catalog = fixture.catalog
        let (held, holding) = AsyncStream.makeStream(of: Void.self)
        return try await withThrowingTaskGroup { group in
            group.addTask { [count = bodies.count] in
                try await catalog.write { _ in
                    holding.finish()
                    // On the writer's own thread, which may wait.
                    while catalog.writer.waitingCount < count { usleep(1000) }
                }
                return (-1, Result<Int64, any Error>.success(0))
            }
            for await _ in held {}
            for (index, body) in bodies.enumerated() {
                // One after the other, so that they stand in this order.
                while catalog.writer.waitingCount < index { try await Task.sleep(for: .milliseconds(1)) }
                group.addTask {
                    do { return (index, .success(try await catalog.write(body))) } catch {
                        return (index, .failure(error))
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.dropFirst().map(\.1)
        }
    }

    private static func see(_ identity: String) -> @Sendable (Connection) throws -> Int64 {
        { connection in
            try connection.see(signature: identity, of: CatalogFixture.aliceKey, what: "x", now: 1)
            return Int64(identity.count)
        }
    }

    @Test func oneThatFailsIsUndoneAndDisturbsNoOther() async throws {
        let fixture = try await CatalogFixture()
        let failing: @Sendable (Connection) throws -> Int64 = { connection in
            try connection.see(signature: "undone", of: CatalogFixture.aliceKey, what: "x", now: 1)
            throw Conflict("no")
        }
        let results = try await together(fixture, [Self.see("a"), failing, Self.see("a"), Self.see("bb")])
        #expect(results.map { try? $0.get() } == [1, nil, nil, 2])
        #expect(throws: Conflict.self) { try results[1].get() }
        for (identity, isSeen) in [("a", true), ("undone", false), ("bb", true)] {
            #expect((try await fixture.catalog.seen(signature: identity) != nil) == isSeen)
        }
    }

    /// As a full disk ends it: nobody is told that theirs was done.
    @Test func whenTheTransactionEndsAllHaveFailed() async throws {
        let fixture = try await CatalogFixture()
        let ending: @Sendable (Connection) throws -> Int64 = { connection in
            Int64(try connection.execute("ROLLBACK"))
        }
        let results = try await together(fixture, [Self.see("a"), ending, Self.see("bb")])
        #expect(results.allSatisfy { (try? $0.get()) == nil })
        for identity in ["a", "bb"] { #expect(try await fixture.catalog.seen(signature: identity) == nil) }
        #expect(try await fixture.catalog.write(Self.see("a")) == 1, "the next one is taken")
    }

    /// What it had begun would be committed with the others.
    @Test func whenAChangeCannotBeUndoneAllHaveFailed() async throws {
        let fixture = try await CatalogFixture()
        let failing: @Sendable (Connection) throws -> Int64 = { connection in
            try connection.see(signature: "half", of: CatalogFixture.aliceKey, what: "x", now: 1)
            try connection.execute("RELEASE SAVEPOINT change")
            throw Conflict("no")
        }
        let results = try await together(fixture, [Self.see("a"), failing, Self.see("bb")])
        #expect(results.allSatisfy { (try? $0.get()) == nil })
        for identity in ["a", "half", "bb"] { #expect(try await fixture.catalog.seen(signature: identity) == nil) }
    }

    @Test func manyAtOnceAreAllMade() async throws {
        let fixture = try await CatalogFixture()
        let catalog = fixture.catalog
        let conflicts = await withTaskGroup { group in
            for number in 0..<300 {
                group.addTask { (try? await catalog.write(Self.see("s\(number / 2)"))) == nil ? 1 : 0 }
            }
            return await group.reduce(0, +)
        }
        #expect(conflicts == 150)
        for number in 0..<150 { #expect(try await catalog.seen(signature: "s\(number)") != nil) }
    }

    @Test func whoIsCancelledBeforeWritesNothing() async throws {
        let fixture = try await CatalogFixture()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await fixture.catalog.write(Self.see("a"))
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await fixture.catalog.seen(signature: "a") == nil)
    }

    /// SQLite's word for FULL: with NORMAL a commit waits for no disk.
    @Test func aCommitWaitsForTheDisk() async throws {
        let fixture = try await CatalogFixture()
        #expect(try await fixture.catalog.write { try $0.row("PRAGMA synchronous")?.integer("synchronous") } == 2)
    }
}
