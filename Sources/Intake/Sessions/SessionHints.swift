internal import DebianControl
internal import Synchronization

/// Sessions to be judged, for whoever does it: what the gateway says has landed, and what a sweep finds.
///
/// Each waits at most once at a time. What the gateway says is news, also of a session at work; what a sweep finds is not. Hints are
/// bounded, as they only wake, and the sweep finds the rest.
final class SessionHints: Sendable {
    struct Arrival: Sendable, Hashable {
        let session: FileName
        /// By a sweep: nobody waits for it.
        let isFound: Bool
    }

    static let limit = 1000

    let arrivals: AsyncStream<Arrival>
    private let arriving: AsyncStream<Arrival>.Continuation
    private let known = Mutex(Known())

    private struct Known {
        var sessions: [FileName: State] = [:]
        /// Of them, those with `isHinted`.
        var hints = 0
    }

    /// Of a session that waits or is at work.
    private struct State {
        /// How often it waits or is at work.
        var arrivals = 0
        /// A hint of it waits.
        var isHinted = false
        /// A sweep found meanwhile that it is due.
        var isFoundAgain = false
    }

    init() { (arrivals, arriving) = AsyncStream.makeStream() }

    func add(_ session: FileName) {
        let isNew = known.withLock { known in
            guard known.hints < Self.limit, known.sessions[session]?.isHinted != true else { return false }
            known.hints += 1
            known.sessions[session, default: State()].isHinted = true
            known.sessions[session, default: State()].arrivals += 1
            return true
        }
        if isNew { arriving.yield(Arrival(session: session, isFound: false)) }
    }

    /// - Parameter isDue: perhaps by orders that come too late for the judgement under way. What has only landed is judged by it.
    func found(_ session: FileName, isDue: Bool) {
        let isNew = known.withLock { known in
            guard known.sessions[session] == nil else {
                if isDue { known.sessions[session]?.isFoundAgain = true }
                return false
            }
            known.sessions[session] = State(arrivals: 1)
            return true
        }
        if isNew { arriving.yield(Arrival(session: session, isFound: true)) }
    }

    /// It is looked at from here on: a further hint is news.
    func taken(_ arrival: Arrival) {
        guard !arrival.isFound else { return }
        known.withLock { known in
            known.hints -= 1
            known.sessions[arrival.session]?.isHinted = false
        }
    }

    /// It was looked at, once for each that was taken.
    ///
    /// - Returns: whether a sweep found meanwhile that it is due.
    func done(_ arrival: Arrival) -> Bool {
        known.withLock { known in
            guard var state = known.sessions[arrival.session] else { return false }
            state.arrivals -= 1
            known.sessions[arrival.session] = state.arrivals > 0 ? state : nil
            return state.arrivals == 0 && state.isFoundAgain
        }
    }
}
