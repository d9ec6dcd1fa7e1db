internal import GRDB
internal import Synchronization

/// Writes to the catalog. What several tasks ask for while the disk is busy becomes one transaction, each of them in a savepoint
/// of its own: the disk is waited for once, and nobody is told before.
///
/// One that throws is undone and disturbs none of the others. When the transaction itself fails, all of them have failed.
final class GroupWriter: Sendable {
    /// In one transaction: while it runs, other processes cannot write. No setting, as nobody is served differently by it.
    private static let largestGroup = 100

    private let pool: DatabasePool
    private let waiting = Mutex<[any Change]>([])

    init(_ pool: DatabasePool) { self.pool = pool }

    /// How many wait for the next transaction.
    var waitingCount: Int { waiting.withLock { $0.count } }

    /// Returns when it is on the disk.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try Task.checkCancellation()
        return try await withCheckedThrowingContinuation { continuation in
            let change = Asked(body, continuation)
            let isFirst = waiting.withLock { waiting in
                waiting.append(change)
                return waiting.count == 1
            }
            if isFirst { schedule() }
        }
    }

    /// Once for each time that somebody begins to wait; the pool has one writer.
    private func schedule() {
        pool.asyncWriteWithoutTransaction { self.writeGroup($0) }
    }

    private func writeGroup(_ database: Database) {
        let (group, areMore) = waiting.withLock { waiting in
            let group = Array(waiting.prefix(Self.largestGroup))
            waiting.removeFirst(group.count)
            return (group, !waiting.isEmpty)
        }
        if areMore { schedule() }
        do {
            try database.inTransaction(.immediate) {
                for change in group { try change.make(in: database, isAlone: group.count == 1) }
                return .commit
            }
            group.forEach { $0.tell(nil) }
        } catch {
            group.forEach { $0.tell(error) }
        }
    }
}

/// Something that somebody waits for.
private protocol Change: Sendable {
    /// Throws what ends the transaction, and nothing else unless it is alone in it.
    func make(in database: Database, isAlone: Bool) throws
    /// - Parameter failure: of the transaction.
    func tell(_ failure: (any Error)?)
}

private final class Asked<Value: Sendable>: Change {
    private let body: @Sendable (Database) throws -> Value
    private let continuation: CheckedContinuation<Value, any Error>
    private let result = Mutex<Result<Value, any Error>?>(nil)

    init(
        _ body: @escaping @Sendable (Database) throws -> Value, _ continuation: CheckedContinuation<Value, any Error>
    ) {
        self.body = body
        self.continuation = continuation
    }

    func make(in database: Database, isAlone: Bool) throws {
        if isAlone { return set(.success(try body(database))) }
        try database.execute(sql: "SAVEPOINT change")
        do {
            set(.success(try body(database)))
        } catch {
            // A full disk, for one, ends the transaction, and with it what the others did.
            guard database.isInsideTransaction else { throw error }
            // Not GRDB's inSavepoint, which keeps silent when this fails: the half of a change would be committed.
            try database.execute(sql: "ROLLBACK TO SAVEPOINT change")
            set(.failure(error))
        }
        try database.execute(sql: "RELEASE SAVEPOINT change")
    }

    func tell(_ failure: (any Error)?) {
        continuation.resume(with: failure.map { .failure($0) } ?? result.withLock { $0 } ?? .failure(NotMade()))
    }

    private func set(_ made: Result<Value, any Error>) { result.withLock { $0 = made } }
}

/// Cannot happen: a transaction that succeeds has made all its changes.
private struct NotMade: Error {}
