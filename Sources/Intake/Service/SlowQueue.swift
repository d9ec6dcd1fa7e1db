internal import DebianControl

/// A desk for work that takes seconds or minutes, before which only a few wait: a judgement that waits keeps in memory all that it
/// has read. Whoever comes when there are too many is put back: it lets go of everything, waits outside with nothing but its name,
/// and is judged from the beginning once there is room. Its place is kept then, so that happens once.
actor SlowQueue {
    private struct Outside {
        let session: FileName
        let room: CheckedContinuation<Void, Never>
    }

    private let desk: Desk
    private let limit: Int
    /// At work, waiting, or expected.
    private(set) var taken = 0
    /// Whose places are kept.
    private var expected: [FileName: Int] = [:]
    /// Who has places, kept or not.
    private var holders: [FileName: Int] = [:]
    private var outside: [Outside] = []

    /// - Parameters:
    ///   - places: for those at work.
    ///   - waiting: how many may wait for them.
    init(places: Int, waiting: Int) {
        desk = Desk(places: places)
        limit = places + waiting
    }

    var countOutside: Int { outside.count }

    /// - Throws: `PutBack` when there is no room; and what `work` throws.
    nonisolated func admitting<Value: Sendable>(
        _ session: FileName, _ work: @Sendable () async throws -> Value
    ) async throws -> Value {
        guard await enter(session) else { throw PutBack(by: self) }
        do {
            let value = try await desk.admitting(session, work)
            await leave(session)
            return value
        } catch {
            await leave(session)
            throw error
        }
    }

    /// Keeps a place for work that will come at the end of `judgement`, so that what costs much before it is not done in vain.
    ///
    /// - Throws: `PutBack` when there is no room; and what `judgement` throws.
    nonisolated func keepingPlace<Value: Sendable>(
        for session: FileName, _ judgement: () async throws -> Value
    ) async throws -> Value {
        guard await expect(session) else { throw PutBack(by: self) }
        do {
            let value = try await judgement()
            await forget(session)
            return value
        } catch {
            await forget(session)
            throw error
        }
    }

    private func expect(_ session: FileName) -> Bool {
        guard enter(session) else { return false }
        expected[session, default: 0] += 1
        return true
    }

    /// Returns when there is room, in the order in which they came. It is kept until the session comes, or is forgotten.
    func room(for session: FileName) async {
        await withCheckedContinuation { room in
            outside.append(Outside(session: session, room: room))
            letIn()
        }
    }

    /// The session has been judged: if it did not come, its place is others'.
    func forget(_ session: FileName) {
        if takeExpected(session) { leave(session) }
    }

    private func enter(_ session: FileName) -> Bool {
        if takeExpected(session) { return true }
        guard outside.isEmpty, taken < limit else { return false }
        take(for: session)
        return true
    }

    private func takeExpected(_ session: FileName) -> Bool {
        guard let count = expected[session] else { return false }
        expected[session] = count > 1 ? count - 1 : nil
        return true
    }

    private func take(for session: FileName) {
        taken += 1
        holders[session, default: 0] += 1
    }

    private func leave(_ session: FileName) {
        taken -= 1
        let left = (holders[session] ?? 1) - 1
        holders[session] = left > 0 ? left : nil
        letIn()
    }

    /// One place for each session: its judgements come one after the other, and a second place would be nobody's meanwhile.
    private func letIn() {
        while taken < limit, let next = outside.firstIndex(where: { holders[$0.session] == nil }) {
            let next = outside.remove(at: next)
            take(for: next.session)
            expected[next.session, default: 0] += 1
            next.room.resume()
        }
    }
}

/// A judgement is given up for now: nothing is wrong with it, and it goes on once the queue has room.
struct PutBack: Error {
    let queue: SlowQueue

    init(by queue: SlowQueue) { self.queue = queue }
}

extension Desk {
    /// Judges a session at this desk; when a slow queue puts it back, once more as soon as that has room.
    nonisolated func judging<Value: Sendable>(
        _ session: FileName, isUrgent: Bool = false, _ work: @Sendable () async throws -> Value
    ) async throws -> Value {
        var queues: [SlowQueue] = []
        while true {
            do {
                let value = try await admitting(session, isUrgent: isUrgent, work)
                for queue in queues { await queue.forget(session) }
                return value
            } catch let putBack as PutBack {
                // Whoever waits for one queue keeps no place in another: those there may wait for this one.
                for queue in queues { await queue.forget(session) }
                queues = [putBack.queue]
                await putBack.queue.room(for: session)
            } catch {
                for queue in queues { await queue.forget(session) }
                throw error
            }
        }
    }

    /// Work at a slow queue, for which the session gives its place here to others.
    nonisolated func visiting<Value: Sendable>(
        _ queue: SlowQueue, _ session: FileName, _ work: @Sendable () async throws -> Value
    ) async throws -> Value {
        try await steppingAside(session) { try await queue.admitting(session, work) }
    }
}
