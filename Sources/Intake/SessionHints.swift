internal import DebianControl
internal import Synchronization

/// Sessions that the gateway says have landed: each at most once at a time, and a bounded number, as a hint only wakes
/// and the sweep finds the rest.
final class SessionHints: Sendable {
    static let limit = 1000

    let arrivals: AsyncStream<FileName>
    private let arriving: AsyncStream<FileName>.Continuation
    private let waiting = Mutex<Set<FileName>>([])

    init() { (arrivals, arriving) = AsyncStream.makeStream() }

    func add(_ session: FileName) {
        let isNew = waiting.withLock { waiting in waiting.count < Self.limit && waiting.insert(session).inserted }
        if isNew { arriving.yield(session) }
    }

    /// It is looked at from here on: a further hint is news.
    func taken(_ session: FileName) { waiting.withLock { _ = $0.remove(session) } }
}
