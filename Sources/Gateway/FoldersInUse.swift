internal import Synchronization

/// The folders in `incoming` that sessions of this process have, by name: they are nobody's leftovers.
final class FoldersInUse: Sendable {
    private let names = Mutex<Set<String>>([])

    func insert(_ name: String) { names.withLock { _ = $0.insert(name) } }

    func remove(_ name: String) { names.withLock { _ = $0.remove(name) } }

    func contains(_ name: String) -> Bool { names.withLock { $0.contains(name) } }
}
