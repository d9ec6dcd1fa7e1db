internal import DebianControl
internal import Synchronization

/// The sessions that are being judged, and whether others brought files to their paths meanwhile.
///
/// What a session lacks may come after it was looked for and before the session is seen to wait: whoever brought it finds nobody
/// to wake. So that is written down here until the session waits.
final class Latecomers: Sendable {
    private struct Watch {
        let directories: Set<TargetPath>
        var haveCome = false
    }

    private let watches = Mutex<[FileName: Watch]>([:])

    /// - Parameter work: judges the session, and lets it wait. Nobody else works on it.
    /// - Returns: also whether `came` was called about one of the paths from its beginning to its end.
    func watching<Value: Sendable>(
        _ directories: Set<TargetPath>, of session: FileName, _ work: () async throws -> Value
    ) async rethrows -> (value: Value, haveCome: Bool) {
        watches.withLock { $0[session] = Watch(directories: directories) }
        do {
            let value = try await work()
            return (value, end(session))
        } catch {
            _ = end(session)
            throw error
        }
    }

    /// To be called before those that wait are looked for.
    /// - Parameter newcomer: the session that came; it did not come to itself.
    func came(to directories: Set<TargetPath>, with newcomer: FileName) {
        watches.withLock { watches in
            for (session, watch) in watches
            where session != newcomer && !watch.directories.isDisjoint(with: directories) {
                watches[session]?.haveCome = true
            }
        }
    }

    private func end(_ session: FileName) -> Bool {
        watches.withLock { $0.removeValue(forKey: session)?.haveCome ?? false }
    }
}
