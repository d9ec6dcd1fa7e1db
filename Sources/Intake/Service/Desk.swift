internal import DebianControl

/// Lets a few judgements in at a time, and of one session one at a time, each in the order they came; those that a
/// client waits for go before those that nobody does.
actor Desk {
    private struct Waiting {
        let session: FileName
        let isUrgent: Bool
        let admission: CheckedContinuation<Void, Never>
    }

    private let places: Int
    private var atWork: Set<FileName> = []
    /// Those of them that take no place for now.
    private var aside: Set<FileName> = []
    private var queue: [Waiting] = []

    init(places: Int) {
        precondition(places > 0, "a desk without a place serves nobody")
        self.places = places
    }

    /// How many stand in the queue.
    var waitingCount: Int { queue.count }
    var isBusy: Bool { !atWork.isEmpty }

    nonisolated func admitting<Value: Sendable>(
        _ session: FileName, isUrgent: Bool = false, _ work: @Sendable () async throws -> Value
    ) async rethrows -> Value {
        await enter(session, isUrgent: isUrgent)
        do {
            let value = try await work()
            await leave(session)
            return value
        } catch {
            await leave(session)
            throw error
        }
    }

    /// Gives the place of a session at work to others while it waits for something slow; nobody else gets the session.
    nonisolated func steppingAside<Value: Sendable>(
        _ session: FileName, _ work: @Sendable () async throws -> Value
    ) async rethrows -> Value {
        await step(aside: true, session)
        do {
            let value = try await work()
            await step(aside: false, session)
            return value
        } catch {
            await step(aside: false, session)
            throw error
        }
    }

    private func step(aside isAside: Bool, _ session: FileName) {
        guard isAside, atWork.contains(session) else {
            aside.remove(session)
            return
        }
        aside.insert(session)
        admitNext()
    }

    private func enter(_ session: FileName, isUrgent: Bool) async {
        await withCheckedContinuation { admission in
            let place = isUrgent ? queue.firstIndex { !$0.isUrgent } : nil
            let waiting = Waiting(session: session, isUrgent: isUrgent, admission: admission)
            queue.insert(waiting, at: place ?? queue.endIndex)
            admitNext()
        }
    }

    private func leave(_ session: FileName) {
        atWork.remove(session)
        aside.remove(session)
        admitNext()
    }

    private func admitNext() {
        while atWork.count - aside.count < places, let next = queue.firstIndex(where: { !atWork.contains($0.session) })
        {
            let admitted = queue.remove(at: next)
            atWork.insert(admitted.session)
            admitted.admission.resume()
        }
    }
}
