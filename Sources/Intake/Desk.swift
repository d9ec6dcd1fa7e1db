internal import DebianControl

/// Lets a few judgements in at a time, and of one session one at a time, each in the order they came.
actor Desk {
    private struct Waiting {
        let session: FileName
        let admission: CheckedContinuation<Void, Never>
    }

    private let places: Int
    private var atWork: Set<FileName> = []
    private var queue: [Waiting] = []

    init(places: Int) {
        precondition(places > 0, "a desk without a place serves nobody")
        self.places = places
    }

    nonisolated func admitting<Value: Sendable>(
        _ session: FileName, _ work: @Sendable () async throws -> Value
    ) async rethrows -> Value {
        await enter(session)
        do {
            let value = try await work()
            await leave(session)
            return value
        } catch {
            await leave(session)
            throw error
        }
    }

    private func enter(_ session: FileName) async {
        await withCheckedContinuation { admission in
            queue.append(Waiting(session: session, admission: admission))
            admitNext()
        }
    }

    private func leave(_ session: FileName) {
        atWork.remove(session)
        admitNext()
    }

    private func admitNext() {
        while atWork.count < places, let next = queue.firstIndex(where: { !atWork.contains($0.session) }) {
            let admitted = queue.remove(at: next)
            atWork.insert(admitted.session)
            admitted.admission.resume()
        }
    }
}
