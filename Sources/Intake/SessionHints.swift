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
        /// Those of hints.
        var hinted: Set<FileName> = []
        /// How often each is waiting or at work.
        var underWay: [FileName: Int] = [:]
        /// Those of them that a sweep found to be due.
        var foundAgain: Set<FileName> = []
    }

    init() { (arrivals, arriving) = AsyncStream.makeStream() }

    func add(_ session: FileName) {
        let isNew = known.withLock { known in
            guard known.hinted.count < Self.limit, known.hinted.insert(session).inserted else { return false }
            known.underWay[session, default: 0] += 1
            return true
        }
        if isNew { arriving.yield(Arrival(session: session, isFound: false)) }
    }

    /// - Parameter isDue: perhaps by orders that come too late for the judgement under way. What has only landed is judged by it.
    func found(_ session: FileName, isDue: Bool) {
        let isNew = known.withLock { known in
            guard known.underWay[session] == nil else {
                if isDue { known.foundAgain.insert(session) }
                return false
            }
            known.underWay[session] = 1
            return true
        }
        if isNew { arriving.yield(Arrival(session: session, isFound: true)) }
    }

    /// It is looked at from here on: a further hint is news.
    func taken(_ arrival: Arrival) {
        if !arrival.isFound { known.withLock { _ = $0.hinted.remove(arrival.session) } }
    }

    /// It was looked at.
    ///
    /// - Returns: whether a sweep found meanwhile that it is due.
    func done(_ arrival: Arrival) -> Bool {
        known.withLock { known in
            let left = (known.underWay[arrival.session] ?? 1) - 1
            known.underWay[arrival.session] = left > 0 ? left : nil
            return left == 0 && known.foundAgain.remove(arrival.session) != nil
        }
    }
}
