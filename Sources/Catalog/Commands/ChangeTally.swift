internal import ArchiveModel

/// What the copies of one text of commands have come to. They are counted before the text is carried out, and then what is copied from a
/// place to which the same text has brought it is not there yet: a chain of copies would come to any number.
final class ChangeTally {
    private let limit: Int
    private var count = 0

    /// - Parameter limit: sources and packages.
    init(limit: Int) { self.limit = limit }

    /// What is undone counts as well, as it was work.
    /// - Throws: `Conflict` above the limit.
    func add(_ changes: Int) throws {
        count += changes
        guard count > limit else { return }
        throw Conflict("All copies of the text together come to \(count) sources and packages; at most \(limit) may.")
    }
}

extension CopyPlan {
    /// Sources and packages that are not there yet.
    var changes: Int { sources.filter { !$0.isThere }.reduce(0) { $0 + 1 + $1.binaries.count } }
}
